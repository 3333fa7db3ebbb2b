// A database of every earlier version of the schema, with rows in every table, opens and becomes
// today's.
#include <map>
#include <set>
#include <string>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>

#include "core/title.h"
#include "store/migrate.h"
#include "store/workshop.h"

using namespace papertray;
using namespace papertray::test;

namespace {

// Rows that a papertray of that version could have left, made when its migration has been applied.
const std::map<int, const char*> rows = {
    {1, R"(
INSERT INTO rules VALUES (1, 1, 'papertray', 'rules.toml', 'desk@example.org', 'x');
INSERT INTO rules_template VALUES (1, 'received', 'Subject: x');
INSERT INTO message VALUES (1, printf('%064d', 1), 1, 0, 100, 10, 'internaldate', 10, 9, NULL, NULL, NULL, 8, 12, 'a@x',
  'ann@example.org', 'Ann', 'NIPS Workshop Papers', 'recorded', 'the subject names papers', 'papers');
INSERT INTO message VALUES (2, printf('%064d', 2), 1, 512, 100, 20, 'internaldate', 20, 19, NULL, NULL, NULL, 18, 22, 'b@x',
  'bob@example.org', 'Bob', 'Why?', 'triage', 'no track', '');
INSERT INTO note VALUES (1, 1, 'a note');
INSERT INTO folder VALUES (1, 'imaps://desk@mail.example.org', 'INBOX', 3);
INSERT INTO place VALUES (1, 1, 7, '', 1, 12, 10, NULL, 13, NULL, NULL);
INSERT INTO place VALUES (2, 1, 8, '', NULL, 12, NULL, NULL, NULL, 'vanished', 'gone');
INSERT INTO submission (id, track, number, prefix, submitter, submitter_name, title)
  VALUES (1, 'papers', 1, 'P', 'ann@example.org', 'Ann', 'Deep Learning of Mailboxes');
INSERT INTO version VALUES (1, 1, 1, 1, 10, 100, 1, 90, 'paper.pdf', 50, printf('%064d', 3), 'P-001_v1.pdf',
  'Deep Learning of Mailboxes (final)');
INSERT INTO version_text (version, text) VALUES (1, 'Our paper.');
INSERT INTO outbox (id, token, kind, recipient, subject, message_id, state, reason, submission, message, created_at, bytes)
  VALUES (1, 'pt-1', 'received', 'Ann@Example.org', 's', 'r@x', 'sent', '', 1, 1, 12, x'00');
INSERT INTO outbox_attempt VALUES (1, 1, 13, 14, 'sent', '', NULL);
)"},
    {5, "INSERT INTO outbox_pause VALUES (1, 5, NULL, 'ann', 'by order');"},
    {7, R"(
INSERT INTO desk_order VALUES (1, 30, 'ann', 'accept', NULL, '');
INSERT INTO act VALUES (1, 1, 'accept', 1, NULL, NULL, 0, '', 'submitted', '');
INSERT INTO moved_version VALUES (1, 1, 1, NULL);
INSERT INTO moved_message VALUES (1, 1, 0);
)"},
};
// What a table of before migration 8 may lack: it is what that migration mends.
const std::set<std::string> may_be_empty = {"title_key"};
constexpr int last_known = 7;

std::vector<std::string> column(SQLite::Database& db, const std::string& sql) {
  std::vector<std::string> found;
  SQLite::Statement query(db, sql);
  while (query.executeStep())
    found.push_back(query.getColumn(0).getString());
  return found;
}

std::vector<std::string> tables(SQLite::Database& db) {
  return column(
      db,
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name");
}

std::map<std::string, std::string> counts(SQLite::Database& db) {
  std::map<std::string, std::string> found;
  for (const std::string& table : tables(db))
    found[table] = column(db, "SELECT count(*) FROM " + table).at(0);
  return found;
}

// As the papertray of that version would have left it.
void make_database(const std::string& path, int version) {
  SQLite::Database db(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  for (const Migration& migration : migrations()) {
    if (migration.number > version) break;
    db.exec("PRAGMA foreign_keys = OFF");
    db.exec(migration.sql);
    db.exec("PRAGMA user_version = " + std::to_string(migration.number));
    db.exec("PRAGMA foreign_keys = ON");
    if (const auto own = rows.find(migration.number); own != rows.end()) db.exec(own->second);
  }
}

std::vector<std::string> schema(const std::string& path) {
  SQLite::Database db(path, SQLite::OPEN_READONLY);
  return column(db,
                "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1");
}

}  // namespace

TEST_CASE("a database of every earlier version becomes today's, and keeps its rows") {
  const TempDir fresh;
  SqliteStore::open(fresh / "papertray.db");
  for (int version = 1; version < migrations().back().number; ++version) {
    CAPTURE(version);
    const TempDir dir;
    const std::string path = dir / "papertray.db";
    make_database(path, version);
    std::map<std::string, std::string> before;
    {
      SQLite::Database db(path, SQLite::OPEN_READONLY);
      before = counts(db);
    }
    if (version <= last_known)
      for (const auto& [table, number] : before) {
        CAPTURE(table);
        CHECK((number != "0" || may_be_empty.contains(table)));
      }
    // A reader changes nothing, and says what to do.
    const Error error = failure_of([&] { SqliteReader::open(path); });
    CHECK(error.exit == Exit::configuration);
    CHECK(error.text.find("older papertray") != std::string::npos);

    CHECK(SqliteStore::open(path)->has_message(std::string(63, '0') + "1"));

    CHECK(schema(path) == schema(fresh / "papertray.db"));
    SQLite::Database db(path, SQLite::OPEN_READONLY);
    CHECK(column(db, "PRAGMA user_version").at(0) == std::to_string(migrations().back().number));
    CHECK(column(db, "PRAGMA integrity_check").at(0) == "ok");
    CHECK(column(db, "PRAGMA foreign_key_check").empty());
    const std::map<std::string, std::string> after = counts(db);
    for (const auto& [table, number] : before)
      if (!may_be_empty.contains(table)) {
        CAPTURE(table);
        CHECK(after.at(table) == number);
      }
    CHECK(column(db, "SELECT mailbox FROM outbox").at(0) == "ann@example.org");
    const auto reader = SqliteReader::open(path);
    CHECK(reader->papers({}).at(0).title == "Deep Learning of Mailboxes (final)");
    CHECK(reader->counts().sent == 1);
    check_tallies(path);
  }
}

TEST_CASE(
    "titles of before migration 6 are found afterwards, by the keys that a database made anew has") {
  for (const int version : {1, 5, 6, 7}) {
    CAPTURE(version);
    const TempDir dir;
    const std::string path = dir / "papertray.db";
    make_database(path, version);
    SqliteStore::open(path);
    std::set<std::string> wanted;
    for (const std::int64_t key : title_keys(comparable_title("Deep Learning of Mailboxes (final)")))
      wanted.insert(std::to_string(key) + " papers 1");
    REQUIRE_FALSE(wanted.empty());
    SQLite::Database db(path, SQLite::OPEN_READONLY);
    const std::vector<std::string> found =
        column(db, "SELECT key || ' ' || track || ' ' || submission FROM title_key");
    CHECK(std::set<std::string>(found.begin(), found.end()) == wanted);
    CHECK(found.size() == wanted.size());
  }
}
