#include <algorithm>

#include <doctest/doctest.h>

#include "samples.h"

using namespace papertray;
using namespace papertray::test;

namespace {

constexpr std::uint64_t small = 10'000;

std::unique_ptr<TarLog> small_writer(const std::string& dir, LogPosition known_good = {}) {
  return TarLog::open(dir, known_good, TarLog::Mode::write, small);
}

}  // namespace

TEST_CASE("a full segment is followed by the next, and reading crosses them") {
  const TempDir temp;
  const std::string dir = temp / "log";
  std::vector<LoggedMail> mails;
  {
    const auto log = small_writer(dir);
    for (std::uint32_t uid = 1; uid <= 20; ++uid)
      mails.push_back(add_mail(*log, uid, std::string(uid * 100, 'r')));
    log->append(sample_event("pt-1"));
    log->sync();
  }
  CHECK(mails.back().end.segment > 3);
  for (std::uint32_t segment = 1; segment < mails.back().end.segment; ++segment)
    CHECK(std::filesystem::file_size(dir + "/00000" + std::to_string(segment) + ".tar") <=
          small + 1536 + 512);

  const auto log = small_writer(dir, mails[9].end);
  CHECK(summary(*log).size() == 21);
  CHECK(log->verify().empty());
  for (std::uint32_t uid = 1; uid <= 20; ++uid) {
    CHECK(mail_text(*log, mails[uid - 1]) == std::string(uid * 100, 'r'));
    CHECK(summary(*log, mails[uid - 1].end).size() == 21 - uid);
    CHECK(failure_of([&] { small_writer(dir, mails[uid - 1].end); }) == "");
  }
  // The end of one segment and the start of the next are the same place.
  const LogPosition second{2, 0};
  CHECK(entries(*log, second).size() ==
        21 - static_cast<std::size_t>(std::count_if(
                 mails.begin(), mails.end(), [&](const LoggedMail& m) { return m.end < second; })));
  CHECK(small_writer(dir, second)->end() == log->end());
}

TEST_CASE("a mail larger than a segment makes a larger one") {
  const TempDir temp;
  const auto log = small_writer(temp / "log");
  add_mail(*log, 1, "small");
  const LoggedMail large = add_mail(*log, 2, std::string(5 * small, 'L'));
  add_mail(*log, 3, "small again");
  CHECK(large.ref.segment == 2);
  CHECK(log->end().segment == 3);
  CHECK(mail_text(*log, large).size() == 5 * small);
  CHECK(log->verify().empty());
}

TEST_CASE("events are counted across segments, an empty one and a torn one too") {
  const TempDir temp;
  const std::string dir = temp / "log";
  LogPosition first;
  {
    const auto log = TarLog::open(dir, {}, TarLog::Mode::write, 1);
    first = log->append(sample_event("pt-1"));
    log->sync();
    log->begin_mail(sample_facts(1, 100));  // a new segment, and nothing gets into it
    log->abandon_mail();
  }
  CHECK(std::filesystem::file_size(dir + "/000002.tar") == 0);
  write_file(dir + "/000002.tar", std::string(3000, '\0'));
  for (const LogPosition known : {first, LogPosition{2, 0}}) {
    CAPTURE(known.segment);
    const auto log = TarLog::open(dir, known, TarLog::Mode::write, 1);
    CHECK(log->end() == LogPosition{2, 0});
  }
  const auto log = TarLog::open(dir, {2, 0}, TarLog::Mode::write, 1);
  log->append(sample_event("pt-2"));
  CHECK(read_file(dir + "/000002.tar").find("event/2.json") != std::string::npos);
  CHECK(summary(*log) == std::vector<std::string>{"event pt-1", "event pt-2"});
  CHECK(log->verify().empty());
}

TEST_CASE("a torn entry in a segment that has a next one is damage") {
  const TempDir temp;
  const std::string dir = temp / "log";
  LogPosition first;
  {
    const auto log = TarLog::open(dir, {}, TarLog::Mode::write, 1);
    first = log->append(sample_event("pt-1"));
    log->append(sample_event("pt-2"));
  }
  std::filesystem::resize_file(dir + "/000001.tar", first.offset - 512);
  CHECK(failure_of([&] { writer(dir); }).find("000001.tar is damaged at byte 0") != std::string::npos);
  CHECK(std::filesystem::file_size(dir + "/000001.tar") == first.offset - 512);
}

TEST_CASE("two writers by turns: each goes on behind what the other appended") {
  const TempDir temp;
  const std::string dir = temp / "log";
  const auto first = small_writer(dir);
  add_mail(*first, 1, "one");
  first->sync();
  LogPosition known = first->end();
  CHECK_FALSE(first->catch_up(known));
  std::size_t entries_now = 1;
  for (std::uint32_t round = 0; round < 12; ++round) {
    CAPTURE(round);
    {
      // Another program; in some rounds it begins a new segment, in some it is killed before it syncs.
      const auto second = small_writer(dir, known);
      second->append(sample_event("pt-" + std::to_string(round)));
      if (round % 3 == 0) add_mail(*second, 100 + round, std::string(small, 's'));
      if (round % 2 == 0) second->sync();
      known = second->end();
    }
    entries_now += round % 3 == 0 ? 2 : 1;
    CHECK(first->catch_up(known));
    CHECK(first->end() == known);
    CHECK_FALSE(first->catch_up(known));
    add_mail(*first, 2 + round, "mine " + std::to_string(round));
    first->append(sample_event("mine"));
    first->sync();
    known = first->end();
    entries_now += 2;
    CHECK(summary(*first).size() == entries_now);
  }
  CHECK(first->verify().empty());
  CHECK(summary(*small_writer(dir, known)).size() == entries_now);
}
