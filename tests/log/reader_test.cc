// Readers beside the one writer.
#include <doctest/doctest.h>

#include "samples.h"

using namespace papertray;
using namespace papertray::test;

TEST_CASE("a reader sees each entry once it is whole, and no sooner") {
  const TempDir temp;
  const auto log = TarLog::open(temp / "log", {}, TarLog::Mode::write, 4000);
  const std::size_t large =
      2 * EntryWriter::gathered_bytes;  // the last ones come into the file in pieces
  const auto other = reader(temp / "log");
  CHECK(entries(*other).empty());
  LogPosition seen;
  std::vector<std::string> told;
  const auto catch_up = [&] {
    other->read_from(seen, [&](const LogEntry& entry) {
      if (const auto* mail = std::get_if<LoggedMail>(&entry.what))
        told.push_back(mail_text(*other, *mail));
      seen = entry.end;
      return true;
    });
  };
  std::vector<std::string> expected;
  for (std::uint32_t uid = 1; uid <= 10; ++uid) {
    const std::string body(uid < 9 ? uid * 150 : large * uid, static_cast<char>('a' + uid));
    log->begin_mail(sample_facts(uid, body.size()));
    catch_up();
    log->write(std::span(body).first(body.size() / 2));
    catch_up();
    CHECK(other->end() <= log->end());
    log->write(std::span(body).subspan(body.size() / 2));
    catch_up();
    CHECK(other->verify().empty());
    CHECK(told == expected);
    log->end_mail();
    expected.push_back(body);
    catch_up();
    CHECK(told == expected);
    CHECK(other->end() == log->end());
  }
}

TEST_CASE("a writer reads up to its own end while a mail is open in it") {
  const TempDir temp;
  const auto log = writer(temp / "log");
  add_mail(*log, 1, "one");
  log->begin_mail(sample_facts(2, 900'000));
  log->write(std::string(900'000, 'x'));
  CHECK(summary(*log) == std::vector<std::string>{"mail 1"});
  CHECK(log->verify().empty());
  log->end_mail();
  CHECK(summary(*log).size() == 2);
}

TEST_CASE("reading from a position that is none") {
  const TempDir temp;
  const auto log = writer(temp / "log");
  const LogPosition end = add_mail(*log, 1, std::string(5000, 'x')).end;
  CHECK(failure_of([&] { entries(*log, {1, 512}); }).find("byte 512") != std::string::npos);
  CHECK(failure_of([&] {
          entries(*log, {1, end.offset + 512});
        }).find("000001.tar") != std::string::npos);
  CHECK(failure_of([&] { entries(*log, {2, 0}); }).find("000002.tar") != std::string::npos);
  CHECK(entries(*log, end).empty());
}

TEST_CASE("ten thousand entries: headers are read, contents are passed over") {
  const TempDir temp;
  LogPosition end;
  {
    const auto log = writer(temp / "log");
    const std::string body(3000, 'm');
    for (std::uint32_t uid = 1; uid <= 10'000; ++uid) {
      log->begin_mail(sample_facts(uid, body.size()));
      log->write(body);
      end = log->end_mail().end;
    }
    log->sync();
  }
  std::uint32_t uid = 0;
  bool in_order = true;
  reader(temp / "log")->read_from({}, [&](const LogEntry& entry) {
    in_order = in_order && std::get<LoggedMail>(entry.what).facts.place.uid == ++uid;
    return true;
  });
  CHECK(uid == 10'000);
  CHECK(in_order);
  CHECK(writer(temp / "log", end)->end() == end);
}
