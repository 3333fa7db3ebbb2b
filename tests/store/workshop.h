// What the store's tests start from: a temporary folder with a database, and mails made up on the spot.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include <doctest/doctest.h>

#include "core/error.h"
#include "store/sqlite_reader.h"
#include "store/sqlite_store.h"
#include "support/temp_dir.h"

namespace papertray::test {

inline constexpr std::int64_t deadline = 1509757199;  // 2017-11-04T00:59:59Z

inline Time at(std::int64_t seconds) {
  return Time(Seconds(seconds));
}

// 64 hex digits, different for every number.
std::string sha(int number);

Place imap_place(std::uint32_t uid, std::uint32_t uidvalidity = 3, const std::string& folder = "INBOX");

// A mail with bytes sha(number), UID `number`, received `number` seconds after the deadline minus a day.
MessageRecord mail(int number, const std::string& from = "ann@example.org");

// A database in a folder of its own; `batch` fills it.
struct Workshop {
  TempDir dir;
  std::string path = dir / "papertray.db";
  std::unique_ptr<SqliteStore> store = SqliteStore::open(path);
  std::uint64_t offset = 0;  // of the log

  // One transaction, committed.
  void batch(const std::function<void(StoreBatch&)>& work);
  void apply(const std::string& actor, Time when, decltype(Event::what) what);

  // A paper by `from` in mail `number`; returns its submission.
  std::int64_t paper(int number, const std::string& from = "ann@example.org",
                     Seconds margin = Seconds(60));
  void version(std::int64_t submission, int number, const std::string& from, Seconds margin);
  std::int64_t question(int number, const std::string& from, const std::string& text,
                        const std::string& full_text = "");

  std::unique_ptr<SqliteReader> reader() const { return SqliteReader::open(path); }
};

// The value of a statement that gives one number or text; "NULL" for none.
std::string ask(const std::string& path, const std::string& sql);

void check_tallies(const std::string& path);

// The Error of the Failure that `work` throws; fails the test when it throws none.
Error failure_of(const std::function<void()>& work);

}  // namespace papertray::test
