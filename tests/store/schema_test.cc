// The schema: that its rules are rules, that migrations are what the files say, who may open what.
#include <filesystem>
#include <fstream>
#include <sstream>

#include <SQLiteCpp/SQLiteCpp.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/migrate.h"
#include "store/workshop.h"

using namespace papertray;
using namespace papertray::test;
namespace fs = std::filesystem;

TEST_CASE("every table is strict, has its application id and version") {
  Workshop workshop;
  CHECK(ask(workshop.path,
            "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
            " AND name NOT LIKE 'sqlite%' AND strict = 0") == "0");
  CHECK(std::stoi(ask(workshop.path, "SELECT count(*) FROM pragma_table_list WHERE strict = 1")) >= 15);
  CHECK(ask(workshop.path, "PRAGMA application_id") == "1347703385");
  CHECK(ask(workshop.path, "PRAGMA user_version") == std::to_string(migrations().back().number));
  CHECK(ask(workshop.path, "PRAGMA journal_mode") == "wal");
  CHECK(ask(workshop.path, "PRAGMA integrity_check") == "ok");
}

TEST_CASE("the schema refuses what cannot be") {
  Workshop workshop;
  workshop.paper(1);
  SQLite::Database db(workshop.path, SQLite::OPEN_READWRITE, 1000);
  db.exec("PRAGMA foreign_keys = ON");
  const char* wrong[] = {
      "UPDATE message SET size = 'large'",                 // STRICT
      "UPDATE message SET fate = 'vanished'",              // a mail that was read has not
      "UPDATE place SET message = NULL",                   // neither message nor fate
      "UPDATE place SET fate = 'vanished', reason = 'x'",  // both
      "UPDATE place SET uid = -1",
      "UPDATE submission SET state = 'lost'",
      "UPDATE version SET on_time = 2",
      "UPDATE version SET submission = 99",  // foreign keys
      "DELETE FROM message",
      "INSERT INTO log_position VALUES (2, 1, 0)",
      "INSERT INTO message SELECT 9, sha256, 1, 1, 1, 1, 'x', 1, 1, 1, 1, 1, 1, 1, '', '', '', '', "
      "'triage', '', '', ''"
      " FROM message",
  };
  for (const char* sql : wrong) {
    CAPTURE(sql);
    CHECK_THROWS_AS(db.exec(sql), SQLite::Exception);
  }
  CHECK_NOTHROW(db.exec("UPDATE submission SET state = 'accepted'"));
  CHECK(workshop.reader()->counts().tracks.at(0).accepted == 1);
}

TEST_CASE("the store itself keeps foreign keys") {
  Workshop workshop;
  const Error error = failure_of(
      [&] { workshop.batch([](StoreBatch& batch) { batch.add_note(99, "of no message"); }); });
  CHECK(error.exit == Exit::bad_data);
  CHECK(error.text.find("FOREIGN KEY") != std::string::npos);
}

TEST_CASE("a changed lateness changes what counts") {
  Workshop workshop;
  const std::int64_t paper = workshop.paper(1, "ann@example.org", Seconds(60));
  workshop.version(paper, 2, "ann@example.org", Seconds(-60));
  CHECK(workshop.reader()->papers({}).at(0).counting == 1);
  SQLite::Database(workshop.path, SQLite::OPEN_READWRITE, 1000)
      .exec("UPDATE version SET on_time = 1 WHERE version = 2");
  CHECK(workshop.reader()->papers({}).at(0).counting == 2);
  CHECK(workshop.reader()->counts().tracks.at(0).on_time == 1);
}

TEST_CASE("the first migration is schema.sql, word for word") {
  std::ifstream file(STORE_SOURCES "/schema.sql");
  std::stringstream text;
  text << file.rdbuf();
  REQUIRE(!text.str().empty());
  CHECK(migrations().front().sql == text.str());
  int number = 0;
  for (const Migration& migration : migrations())
    CHECK(migration.number == ++number);
}

TEST_CASE("files are nobody else's, and an existing mode stays") {
  Workshop workshop;
  workshop.paper(1);
  for (const char* suffix : {"", "-wal", "-shm"}) {
    struct stat status {};
    REQUIRE(stat((workshop.path + suffix).c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
  }
  workshop.store.reset();
  REQUIRE(chmod(workshop.path.c_str(), 0640) == 0);
  workshop.store = SqliteStore::open(workshop.path);
  struct stat status {};
  REQUIRE(stat(workshop.path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0640);
}

TEST_CASE("opened again, everything is there") {
  Workshop workshop;
  workshop.paper(1);
  const LogPosition reached = workshop.store->position();
  workshop.store.reset();
  workshop.store = SqliteStore::open(workshop.path);
  CHECK(workshop.store->position() == reached);
  CHECK(workshop.store->has_message(sha(1)));
}

TEST_CASE("an empty file is a new database") {
  TempDir dir;
  const std::string path = dir / "papertray.db";
  std::ofstream(path).flush();
  CHECK(failure_of([&] { SqliteReader::open(path); }).exit == Exit::not_there);
  CHECK(SqliteStore::open(path)->position() == LogPosition{});
}

TEST_CASE("a newer papertray's database is left alone, by writer and reader") {
  Workshop workshop;
  workshop.store.reset();
  SQLite::Database(workshop.path, SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 1000");
  for (const bool writing : {true, false}) {
    const Error error = failure_of([&] {
      if (writing)
        SqliteStore::open(workshop.path);
      else
        SqliteReader::open(workshop.path);
    });
    CHECK(error.scope == Scope::store);
    CHECK(error.exit == Exit::configuration);
    CHECK(error.text.find("made by a newer papertray") != std::string::npos);
    CHECK(error.text.find(workshop.path) != std::string::npos);
  }
}

TEST_CASE("an older one is brought up to date by a writer, named by a reader") {
  TempDir dir;
  const std::string path = dir / "papertray.db";
  // As a papertray would leave it that knew no migration yet but had set its mark.
  SQLite::Database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
      .exec("PRAGMA application_id = 1347703385");
  const Error error = failure_of([&] { SqliteReader::open(path); });
  CHECK(error.exit == Exit::configuration);
  CHECK(error.text.find("older papertray") != std::string::npos);
  SqliteStore::open(path);
  CHECK(SqliteReader::open(path)->counts().total == 0);
}

TEST_CASE("a database of the first schema keeps its mails, none of them spam") {
  TempDir dir;
  const std::string path = dir / "papertray.db";
  {
    SQLite::Database db(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec(migrations().front().sql);
    db.exec("PRAGMA user_version = 1");
    db.exec("INSERT INTO message VALUES (1, '" + sha(1) +
            "', 1, 2048, 3000, 1, 'INTERNALDATE', 1, NULL, NULL, NULL, NULL, NULL, 2, '', '', '', '',"
            " 'triage', 'why', '')");
    db.exec(
        "INSERT INTO outbox VALUES (4, 'pt-1', 'late', 'Ann@Example.org', 'Re', 'pt-1@d', 'unknown', "
        "'r', NULL,"
        " 1, 77, 2, 1, 99, x'00ff')");
    db.exec("INSERT INTO outbox_attempt VALUES (4, 1, 78, 79, 'unknown', 'r', 99)");
  }
  const auto store = SqliteStore::open(path);
  CHECK(store->has_message(sha(1)));
  // The outbox was built anew: its row, its attempts and its trigger are there.
  const OutboxRow row = store->due(Time(Seconds(99)), 5).at(0);
  CHECK(row.token == "pt-1");
  CHECK(row.bytes == std::string("\0\xff", 2));
  CHECK(row.was_unknown);
  CHECK(store->sent_after(Time(Seconds(77))) == std::vector<Time>{Time(Seconds(78))});
  CHECK(ask(path, "SELECT mailbox FROM outbox") == "ann@example.org");
  CHECK(ask(path, "SELECT count(*) FROM sqlite_schema WHERE name = 'outbox_threads'") == "1");
  CHECK(ask(path, "SELECT count(*) FROM pragma_foreign_key_check") == "0");
  CHECK_FALSE(store->spam_mail(sha(1)));
  CHECK(ask(path, "PRAGMA user_version") == std::to_string(migrations().back().number));
  CHECK(ask(path, "PRAGMA integrity_check") == "ok");
}

TEST_CASE("another program's database is refused and not touched") {
  TempDir dir;
  const std::string path = dir / "papertray.db";
  SQLite::Database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE theirs (x)");
  for (const bool writing : {true, false}) {
    const Error error = failure_of([&] {
      if (writing)
        SqliteStore::open(path);
      else
        SqliteReader::open(path);
    });
    CHECK(error.exit == Exit::bad_data);
    CHECK(error.text.find("another program") != std::string::npos);
  }
  CHECK(ask(path, "PRAGMA journal_mode") == "delete");
}

TEST_CASE("no database yet") {
  TempDir dir;
  const Error error = failure_of([&] { SqliteReader::open(dir / "papertray.db"); });
  CHECK(error.exit == Exit::not_there);
  CHECK(error.text == "no papertray.db in " + dir.path() +
                          ": nothing has been taken in yet; run papertray run --once");
  CHECK_FALSE(fs::exists(dir / "papertray.db"));
  const Error nowhere = failure_of([&] { SqliteStore::open(dir / "missing/papertray.db"); });
  CHECK(nowhere.exit == Exit::cannot_write);
}
