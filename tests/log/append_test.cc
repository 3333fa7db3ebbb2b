#include <algorithm>
#include <stdexcept>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "log/json_fields.h"
#include "samples.h"

using namespace papertray;
using namespace papertray::test;

namespace {

unsigned mode_of(const std::string& path) {
  struct stat about {};
  REQUIRE(::stat(path.c_str(), &about) == 0);
  return about.st_mode & 07777;
}

}  // namespace

TEST_CASE("what is appended is read back, byte for byte and fact for fact") {
  const TempDir temp;
  const std::string dir = temp / "log";
  const std::size_t gathered = EntryWriter::gathered_bytes;
  const std::string bodies[] = {"",
                                "a",
                                std::string(511, 'x'),
                                std::string(512, '\0'),
                                std::string(100'000, '\n'),
                                std::string(gathered - 4096, 'g'),
                                std::string(gathered - 1536, 'h'),  // just in, or just not
                                std::string(gathered - 1, 'i'),
                                std::string(gathered + 1, 'j'),
                                std::string(3 * gathered - 7, 'k')};
  std::vector<LoggedMail> mails;
  LogPosition end;
  {
    const auto log = writer(dir);
    std::uint32_t uid = 0;
    for (const std::string& body : bodies)
      mails.push_back(add_mail(*log, ++uid, body));
    end = log->append(sample_event("pt-1"));
    log->sync();
    CHECK(log->end() == end);
  }
  const auto log = writer(dir, end);
  CHECK(log->end() == end);
  CHECK(log->cut().bytes == 0);
  const std::vector<LogEntry> back = entries(*log);
  REQUIRE(back.size() == std::size(bodies) + 1);
  for (std::size_t i = 0; i < mails.size(); ++i) {
    const auto& mail = std::get<LoggedMail>(back[i].what);
    CHECK(mail.ref == mails[i].ref);
    CHECK(mail.end == mails[i].end);
    CHECK(back[i].end == mails[i].end);
    CHECK(mail.sha256 == mails[i].sha256);
    CHECK(mail.facts == sample_facts(static_cast<std::uint32_t>(i + 1), bodies[i].size()));
    CHECK(mail_text(*log, mail) == bodies[i]);
    CHECK(entries(*log, mail.end).size() == back.size() - i - 1);
  }
  CHECK(mails[1].sha256 == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");  // "a"
  CHECK(log->verify().empty());
}

TEST_CASE("a mail's bytes may come in pieces of any size") {
  const TempDir temp;
  const auto log = writer(temp / "log");
  constexpr std::size_t gathered = EntryWriter::gathered_bytes;
  std::string body;
  while (body.size() < 4 * gathered + 99)
    body += "line " + std::to_string(body.size()) + "\n";
  struct Row {
    std::size_t first, then;
  } rows[] = {{0, 65'536},        {1, gathered - 1}, {1, gathered},    {gathered, 1'000},
              {gathered - 1, 10}, {7, gathered + 1}, {body.size(), 1}, {3 * gathered, 16'384}};
  std::uint32_t uid = 0;
  for (const Row& row : rows) {
    CAPTURE(row.first);
    CAPTURE(row.then);
    log->begin_mail(sample_facts(++uid, body.size()));
    log->write(std::span(body).first(row.first));
    for (std::size_t at = row.first; at < body.size(); at += row.then)
      log->write(std::span(body).subspan(at, std::min(row.then, body.size() - at)));
    const LoggedMail mail = log->end_mail();
    CHECK(mail.sha256 == sha256_hex(body));
    CHECK((mail_text(*log, mail) == body));
  }
  CHECK(log->verify().empty());
}

TEST_CASE("a mail of usual size, and an event, are one write each") {
  const auto writes = [] {
    std::ifstream io("/proc/self/io");
    std::string word;
    while (io >> word)
      if (word == "syscw:") return io >> word ? std::stol(word) : -1;
    return -1L;
  };
  if (writes() < 0) {
    MESSAGE("skipped: no /proc/self/io");
    return;
  }
#ifdef PAPERTRAY_SANITIZED
  MESSAGE("skipped: the sanitizer's own checks write too");
  return;
#endif
  const TempDir temp;
  const auto log = writer(temp / "log");
  const long before = writes();
  for (std::uint32_t uid = 1; uid <= 50; ++uid)
    add_mail(*log, uid, std::string(uid * 1000, 'x'));
  for (int i = 0; i < 50; ++i)
    log->append(sample_event("pt-" + std::to_string(i)));
  CHECK(writes() - before == 100);
}

TEST_CASE("facts with any bytes in them come back") {
  const TempDir temp;
  const auto log = writer(temp / "log");
  MailFacts facts;
  facts.place = {.account = "maildir:/srv/\xff\xfe/\"q\"",
                 .folder = "",
                 .uidvalidity = 0,
                 .uid = 0,
                 .name = std::string("1509\n\0x\xc3\xa9", 9)};
  facts.internaldate = Time(Seconds(-1));
  facts.mbox_from = Time(Seconds(400'000'000'000));  // a year no RFC 3339 text can tell
  facts.file_time = Time(Seconds(0));
  facts.flags = {"\\Seen", "\x80", "48 SCHILY.xattr.user.papertray.seal=" + std::string(64, '0')};
  facts.receipts = Receipts::hold;
  facts.spam = true;
  log->begin_mail(facts);
  log->end_mail();
  const std::vector<LogEntry> back = entries(*log);
  REQUIRE(back.size() == 1);
  CHECK(std::get<LoggedMail>(back[0].what).facts == facts);
  CHECK(log->verify().empty());
}

TEST_CASE("facts say when the bytes are only the header of a larger mail") {
  MailFacts facts;
  CHECK(facts_to_text(facts).find("oversize") == std::string::npos);
  facts.oversize = Oversize{.whole = 5'000'000'000, .largest = 100'663'296};
  CHECK(facts_from_text(facts_to_text(facts), "entry").oversize == facts.oversize);
}

TEST_CASE("facts from before there were spam folders say that it was none") {
  const std::string now = facts_to_text(sample_facts(1, 10));
  CHECK(now.find("spam") == std::string::npos);
  CHECK_FALSE(facts_from_text(now, "entry").spam);
  MailFacts facts = sample_facts(1, 10);
  facts.spam = true;
  CHECK(facts_to_text(facts).find("\"spam\":true") != std::string::npos);
}

TEST_CASE("reading stops where the caller wants it to") {
  const TempDir temp;
  const auto log = writer(temp / "log");
  for (int i = 0; i < 5; ++i)
    log->append(sample_event("pt-" + std::to_string(i)));
  int seen = 0;
  log->read_from({}, [&](const LogEntry&) { return ++seen < 3; });
  CHECK(seen == 3);
}

TEST_CASE("a mail is read in pieces, never beyond its end") {
  const TempDir temp;
  const auto log = writer(temp / "log");
  const LoggedMail mail = add_mail(*log, 1, "0123456789");
  add_mail(*log, 2, "following");
  const auto bytes = log->open(mail.ref);
  char buffer[4];
  CHECK(bytes->read(8, buffer) == 2);
  CHECK(std::string_view(buffer, 2) == "89");
  CHECK(bytes->read(10, buffer) == 0);
  CHECK(bytes->read(1'000'000, buffer) == 0);
  CHECK(bytes->size() == 10);
  CHECK(failure_of([&] { log->open({1, 0, 1'000'000}); }).find("000001.tar") != std::string::npos);
}

TEST_CASE("an abandoned mail leaves nothing behind") {
  const TempDir temp;
  const std::string dir = temp / "log";
  const auto log = writer(dir);
  add_mail(*log, 1, "one");
  const std::string before = read_file(dir + "/000001.tar");
  log->begin_mail(sample_facts(2, 900'000));
  log->write(std::string(900'000, 'z'));
  CHECK(read_file(dir + "/000001.tar") != before);  // it did not fit the memory
  log->abandon_mail();
  CHECK(read_file(dir + "/000001.tar") == before);
  log->begin_mail(sample_facts(2, 5000));
  log->write(std::string(5000, 'z'));
  CHECK(log->written_sha256() == "bc9d580ae18748b2e1583eff72633a43d5564fb63b7e699b08380d1d4d385bcc");
  log->abandon_mail();
  CHECK(read_file(dir + "/000001.tar") == before);
  log->abandon_mail();  // of none: nothing
  log->begin_mail(sample_facts(3, 4));
  log->abandon_mail();  // before its first byte
  add_mail(*log, 4, "four");
  CHECK(summary(*log) == std::vector<std::string>{"mail 1", "mail 4"});
  CHECK(log->verify().empty());
}

TEST_CASE("a mail of another size than announced is taken back") {
  const TempDir temp;
  const std::string dir = temp / "log";
  const auto log = writer(dir);
  const auto scope_of = [](auto&& what) {
    try {
      what();
    } catch (const Failure& failure) {
      return failure.error().scope;
    }
    return Scope::program;
  };
  log->begin_mail(sample_facts(1, 3));
  log->write(std::string("ab"));
  CHECK(scope_of([&] { log->write(std::string("cd")); }) == Scope::message);
  CHECK(read_file(dir + "/000001.tar").empty());
  log->begin_mail(sample_facts(2, 3));
  log->write(std::string("ab"));
  CHECK(scope_of([&] { log->end_mail(); }) == Scope::message);
  CHECK(read_file(dir + "/000001.tar").empty());
  CHECK(log->end() == LogPosition{1, 0});
}

TEST_CASE("facts too large for a header are refused, and the log is as before") {
  const TempDir temp;
  const auto log = writer(temp / "log");
  MailFacts facts = sample_facts(1);
  facts.flags = {std::string(2 * 1024 * 1024, 'f')};
  CHECK(failure_of([&] { log->begin_mail(facts); }).find("more about one mail") != std::string::npos);
  facts.flags = {std::string(900'000, 'f')};
  log->begin_mail(facts);
  log->end_mail();
  CHECK(std::get<LoggedMail>(entries(*log).at(0).what).facts == facts);
}

TEST_CASE("calls out of order are defects, told as such") {
  const TempDir temp;
  const auto log = writer(temp / "log");
  CHECK_THROWS_AS(log->end_mail(), std::logic_error);
  CHECK_THROWS_AS(log->write(std::string("x")), std::logic_error);
  log->begin_mail(sample_facts(1, 1));
  CHECK_THROWS_AS(log->written_sha256(), std::logic_error);
  CHECK_THROWS_AS(log->append(sample_event("pt-1")), std::logic_error);
  CHECK_THROWS_AS(log->begin_mail(sample_facts(2, 1)), std::logic_error);
  CHECK_THROWS_AS(log->sync(), std::logic_error);
  const auto other = reader(temp / "log");
  CHECK_THROWS_AS(other->append(sample_event("pt-1")), std::logic_error);
}

TEST_CASE("the folder and its files are for their owner only") {
  const TempDir temp;
  const std::string dir = temp / "log/";
  const auto log = writer(dir);
  CHECK(mode_of(dir) == 0700);
  CHECK(mode_of(dir + "000001.tar") == 0600);
}

TEST_CASE("the same entries make the same bytes") {
  const TempDir temp;
  for (const char* name : {"a", "b"}) {
    const auto log = writer(temp / name);
    add_mail(*log, 1, "one");
    log->append(sample_event("pt-1"));
    log->sync();
    add_mail(*log, 2, "two");
  }
  CHECK(read_file(temp / "a/000001.tar") == read_file(temp / "b/000001.tar"));
}
