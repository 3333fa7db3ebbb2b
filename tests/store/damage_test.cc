// Damaged, full, locked and read-only: what a person is told, and that nothing is lost.
#include <filesystem>
#include <fstream>

#include <SQLiteCpp/SQLiteCpp.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/connection.h"
#include "store/workshop.h"

using namespace papertray;
using namespace papertray::test;
namespace fs = std::filesystem;

namespace {

void overwrite(const std::string& path, std::uintmax_t from, std::uintmax_t to) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(from));
  const std::string junk(to - from, '\xa5');
  file.write(junk.data(), static_cast<std::streamsize>(junk.size()));
}

// No file of this process grows beyond that, as on a full disk.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    old_ = signal(SIGXFSZ, SIG_IGN);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    signal(SIGXFSZ, old_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*old_)(int) = SIG_DFL;
};

// Root may write everywhere: such a test goes on as nobody.
class OrdinaryUser {
 public:
  OrdinaryUser() : root_(geteuid() == 0) {
    if (root_) good_ = seteuid(65534) == 0;
  }
  ~OrdinaryUser() {
    if (root_ && good_) good_ = seteuid(0) == 0;
  }
  OrdinaryUser(const OrdinaryUser&) = delete;
  OrdinaryUser& operator=(const OrdinaryUser&) = delete;
  bool good() const { return good_; }

 private:
  bool root_;
  bool good_ = true;
};

void check_damaged(const Error& error, const std::string& path) {
  CHECK(error.scope == Scope::store);
  CHECK(error.exit == Exit::bad_data);
  CHECK(error.text.find(path) != std::string::npos);
  CHECK(error.text.find("papertray rebuild") != std::string::npos);
}

}  // namespace

TEST_CASE("a file that is no database") {
  TempDir dir;
  const std::string path = dir / "papertray.db";
  std::ofstream(path) << std::string(8192, 'x');
  check_damaged(failure_of([&] { SqliteStore::open(path); }), path);
  check_damaged(failure_of([&] { SqliteReader::open(path); }), path);
}

TEST_CASE("damaged pages") {
  Workshop workshop;
  workshop.batch([](StoreBatch& batch) {
    for (int number = 1; number <= 500; ++number)
      batch.add_message(mail(number));
  });
  workshop.store.reset();  // the last connection moves the WAL into the file
  overwrite(workshop.path, 8192, fs::file_size(workshop.path));
  check_damaged(failure_of([&] { SqliteReader::open(workshop.path)->messages({}); }), workshop.path);
  check_damaged(failure_of([&] {
                  const auto store = SqliteStore::open(workshop.path);
                  const auto batch = store->begin();
                  for (int number = 501; number <= 600; ++number)
                    batch->add_message(mail(number));
                }),
                workshop.path);
}

TEST_CASE("a full disk: nothing of the batch counts, and the next one goes on") {
  Workshop workshop;
  workshop.paper(1);
  const auto fill = [&](int first) {
    workshop.batch([&](StoreBatch& batch) {
      for (int number = first; number < first + 2000; ++number)
        batch.add_message(mail(number));
    });
  };
  const std::string before =
      ask(workshop.path, "SELECT count(*) || ' ' || max(offset) FROM message, log_position");
  {
    const FileSizeLimit full(fs::file_size(workshop.path + "-wal") + 16384);
    const Error error = failure_of([&] { fill(2); });
    CHECK(error.scope == Scope::store);
    CHECK(error.exit == Exit::cannot_write);
    CHECK(error.text.find(workshop.path) != std::string::npos);
  }
  CHECK(ask(workshop.path, "SELECT count(*) || ' ' || max(offset) FROM message, log_position") ==
        before);
  CHECK(workshop.store->has_message(sha(1)));
  CHECK_FALSE(workshop.store->has_message(sha(2)));
  fill(2);
  CHECK(workshop.reader()->counts().total == 2001);
  CHECK(ask(workshop.path, "PRAGMA integrity_check") == "ok");
}

TEST_CASE("a full database, as SQLite itself tells it") {
  Workshop workshop;
  workshop.store.reset();
  Connection db(workshop.path, Connection::Mode::write);
  Query(db, "PRAGMA max_page_count = 40").run();
  const Error error = failure_of([&] {
    const Transaction transaction(db);
    for (int number = 0; number < 1000; ++number)
      Query(db,
            "INSERT INTO rules (loaded_at, actor, path, from_field, toml) VALUES (1, '', '', '', ?1)",
            std::string(4000, 'r'))
          .run();
  });
  CHECK(error.exit == Exit::cannot_write);
  CHECK(error.again == Again::person);
  CHECK(error.text.find("the disk is full") != std::string::npos);
  CHECK(ask(workshop.path, "SELECT count(*) FROM rules") == "0");
}

TEST_CASE("another writer at work") {
  Workshop workshop;
  Connection other(workshop.path, Connection::Mode::write);
  Query(other, "PRAGMA busy_timeout = 0").run();
  const auto batch = workshop.store->begin();
  batch->add_message(mail(1));
  const Error error = failure_of([&] { const Transaction second(other); });
  CHECK(error.exit == Exit::try_later);
  CHECK(error.again == Again::later);
  CHECK(error.text.find("in use") != std::string::npos);
  batch->commit({.segment = 1, .offset = 512});
  CHECK_NOTHROW(Transaction(other).commit());
}

TEST_CASE("only one batch at a time") {
  Workshop workshop;
  {
    const auto batch = workshop.store->begin();
    batch->add_message(mail(1));
    CHECK(failure_of([&] { workshop.store->begin(); }).scope == Scope::store);
    batch->commit({.segment = 1, .offset = 512});
  }
  CHECK(workshop.store->has_message(sha(1)));
}

TEST_CASE("reading after a clean end, without -wal and -shm") {
  Workshop workshop;
  workshop.paper(1);
  workshop.store.reset();
  REQUIRE_FALSE(fs::exists(workshop.path + "-wal"));
  CHECK(workshop.reader()->counts().total == 1);
}

TEST_CASE("reading in a folder one may not write") {
  Workshop workshop;
  workshop.paper(1);
  workshop.store.reset();
  REQUIRE_FALSE(fs::exists(workshop.path + "-wal"));
  REQUIRE(chmod(workshop.path.c_str(), 0444) == 0);
  REQUIRE(chmod(workshop.dir.path().c_str(), 0555) == 0);
  {
    const OrdinaryUser nobody;
    REQUIRE(nobody.good());
    CHECK(workshop.reader()->counts().total == 1);
    CHECK(workshop.reader()->papers({}).size() == 1);
    CHECK(failure_of([&] { SqliteStore::open(workshop.path); }).exit == Exit::cannot_write);
  }
  REQUIRE(chmod(workshop.dir.path().c_str(), 0700) == 0);
  CHECK_FALSE(fs::exists(workshop.path + "-wal"));
}

TEST_CASE("reading without being let in") {
  Workshop workshop;
  workshop.paper(1);
  REQUIRE(chmod(workshop.path.c_str(), 0) == 0);
  {
    const OrdinaryUser nobody;
    REQUIRE(nobody.good());
    const Error error = failure_of([&] { workshop.reader(); });
    CHECK(error.exit == Exit::cannot_write);
    CHECK(error.text.find(workshop.path) != std::string::npos);
  }
}
