// A log that ends where somebody wants it to, beside one who goes on writing.
#include "app/log_up_to.h"

#include <stdexcept>

#include <doctest/doctest.h>

#include "log/tar_log.h"
#include "support/temp_dir.h"

namespace papertray {
namespace {

LogPosition add(TarLog& log, const std::string& token) {
  return log.append({.at = Time(Seconds(1)), .actor = "x", .what = SendingBegun{token}});
}

std::vector<std::string> tokens(const Log& log, LogPosition from = {}) {
  std::vector<std::string> all;
  log.read_from(from, [&](const LogEntry& entry) {
    all.push_back(std::get<SendingBegun>(std::get<Event>(entry.what).what).token);
    return true;
  });
  return all;
}

}  // namespace

TEST_CASE("a log is read up to a position, whatever comes behind it") {
  const test::TempDir dir;
  const auto writer = TarLog::open(dir / "log", {}, TarLog::Mode::write);
  const LogPosition first = add(*writer, "1");
  const LogPosition second = add(*writer, "2");
  add(*writer, "3");
  const auto log = TarLog::open(dir / "log", {}, TarLog::Mode::read);
  using All = std::vector<std::string>;
  CHECK(tokens(LogUpTo(*log, second)) == All{"1", "2"});
  add(*writer, "4");
  CHECK(tokens(LogUpTo(*log, second)) == All{"1", "2"});
  CHECK(tokens(LogUpTo(*log, second), first) == All{"2"});
  CHECK(tokens(LogUpTo(*log, second), second).empty());
  CHECK(tokens(LogUpTo(*log, {})).empty());
  // A position within an entry: the entry is not there yet.
  CHECK(tokens(LogUpTo(*log, {second.segment, second.offset - 1})) == All{"1"});
  CHECK(LogUpTo(*log, second).end() == second);
}

TEST_CASE("each entry is announced, and may be the last; nothing is written") {
  const test::TempDir dir;
  const auto writer = TarLog::open(dir / "log", {}, TarLog::Mode::write);
  add(*writer, "1");
  const LogPosition end = add(*writer, "2");
  int entries = 0;
  LogUpTo log(*writer, end, [&] {
    if (++entries == 2) throw std::runtime_error("asked to stop");
  });
  CHECK_THROWS_WITH(tokens(log), "asked to stop");
  CHECK(entries == 2);
  log.sync();
  CHECK_THROWS_AS(log.append({}), std::logic_error);
  CHECK_THROWS_AS(log.begin_mail({}), std::logic_error);
}

}  // namespace papertray
