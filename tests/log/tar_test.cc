// Any tar lists and extracts the log, without a word on stderr: GNU tar, bsdtar, Python's tarfile.
#include <algorithm>
#include <cstdlib>

#include <doctest/doctest.h>

#include "samples.h"

using namespace papertray;
using namespace papertray::test;

namespace {

// The exit code; output and complaints go into files.
int run(const TempDir& temp, const std::string& command) {
  return std::system(
      ("LC_ALL=C TZ=UTC " + command + " >'" + (temp / "out") + "' 2>'" + (temp / "err") + "'").c_str());
}

int tar(const TempDir& temp, const std::string& arguments) {
  return run(temp, PAPERTRAY_GNU_TAR " " + arguments);
}

bool installed(const TempDir& temp, const std::string& program) {
  return run(temp, "command -v " + program) == 0;
}

// A log of each shape of header: usual, empty, larger than what is gathered, a time that ustar cannot
// tell, an event, and facts of many blocks.
struct Archive {
  TempDir temp;
  std::string body = "Subject: x\r\n\r\n" + std::string(3000, '\xff');
  std::string large = std::string(600'000, 'L');
  LoggedMail mail, large_mail, old_mail;

  // fetched: of one of them.
  explicit Archive(Time fetched = Time(Seconds(-86400))) {
    const auto log = writer(temp / "log");
    mail = add_mail(*log, 1, body);
    large_mail = add_mail(*log, 2, large);
    MailFacts old = sample_facts(3, 3);
    old.fetched = fetched;
    log->begin_mail(old);
    log->write(std::string("old"));
    old_mail = log->end_mail();
    log->append(sample_event("pt-1"));
    MailFacts long_facts = sample_facts(4);
    long_facts.flags.assign(500, "$a-keyword-of-somebody");
    log->begin_mail(long_facts);
    log->end_mail();
  }

  std::string segment() const { return "'" + (temp / "log/000001.tar") + "'"; }
  std::string folder() const {
    std::filesystem::create_directory(temp / "x");
    return "'" + (temp / "x") + "'";
  }
  void check_extracted() const {
    CHECK(read_file(temp / "err") == "");
    CHECK(read_file(temp / ("x/mail/" + mail.sha256 + ".eml")) == body);
    CHECK(read_file(temp / ("x/mail/" + large_mail.sha256 + ".eml")) == large);
    CHECK(read_file(temp / ("x/mail/" + old_mail.sha256 + ".eml")) == "old");
    CHECK(read_file(temp / "x/event/1.json").starts_with("{\"schema\":\"papertray/event/1\""));
    CHECK(std::filesystem::file_size(temp / ("x/mail/" + sha256_hex({}) + ".eml")) == 0);
  }
};

}  // namespace

TEST_CASE("bsdtar lists and extracts it") {
  const Archive log;
  if (!installed(log.temp, "bsdtar")) {
    MESSAGE("skipped: no bsdtar (Debian: libarchive-tools)");
    return;
  }
  CHECK(run(log.temp, "bsdtar -tvf " + log.segment()) == 0);
  CHECK(read_file(log.temp / "err") == "");
  const std::string listed = read_file(log.temp / "out");
  CHECK(std::count(listed.begin(), listed.end(), '\n') == 5);
  CHECK(listed.find("Dec 31  1969 mail/" + log.old_mail.sha256 + ".eml\n") != std::string::npos);
  CHECK(run(log.temp, "bsdtar --no-xattrs -xf " + log.segment() + " -C " + log.folder()) == 0);
  log.check_extracted();
}

TEST_CASE("Python's tarfile lists and extracts it, and reads the facts") {
  const Archive log;
  if (!installed(log.temp, "python3")) {
    MESSAGE("skipped: no python3");
    return;
  }
  // -W error: a warning is a failure. The filter is what newer versions ask for.
  write_file(log.temp / "read.py",
             "import sys, tarfile\n"
             "safe = {'filter': 'data'} if hasattr(tarfile, 'data_filter') else {}\n"
             "with tarfile.open(sys.argv[1], 'r:', errorlevel=2) as tar:\n"
             "    for m in tar:\n"
             "        print(m.name, m.size, int(m.mtime), oct(m.mode), m.uid, m.gid, m.isreg(),\n"
             "              m.pax_headers.get('SCHILY.xattr.user.papertray.imap'),\n"
             "              len(m.pax_headers['SCHILY.xattr.user.papertray.seal']))\n"
             "    tar.extractall(sys.argv[2], **safe)\n");
  CHECK(run(log.temp, "python3 -W error '" + (log.temp / "read.py") + "' " + log.segment() + " " +
                          log.folder()) == 0);
  log.check_extracted();
  const std::string place = "imaps:%2F%2Fimap.example.org%20as%20desk/Calls%2F2017%20100%25/7/";
  CHECK(read_file(log.temp / "out") ==
        "mail/" + log.mail.sha256 + ".eml 3014 1509753659 0o600 0 0 True " + place + "1 64\n" + "mail/" +
            log.large_mail.sha256 + ".eml 600000 1509753659 0o600 0 0 True " + place + "2 64\n" +  //
            "mail/" + log.old_mail.sha256 + ".eml 3 -86400 0o600 0 0 True " + place + "3 64\n" +
            "event/1.json 117 1509753599 0o600 0 0 True None 64\n" +  //
            "mail/" + sha256_hex({}) + ".eml 0 1509753659 0o600 0 0 True " + place + "4 64\n");
}

TEST_CASE("GNU tar extracts what was not gathered") {
  const Archive log(Time(Seconds(1509753600)));  // it finds times before 1970 implausible, and says so
  CHECK(tar(log.temp, "xf " + log.segment() + " -C " + log.folder()) == 0);
  log.check_extracted();
}

TEST_CASE("GNU tar lists and extracts a segment that was never closed") {
  const TempDir temp;
  const auto log = writer(temp / "log");
  const std::string body = "Subject: x\r\n\r\n" + std::string(3000, '\xff');
  const LoggedMail mail = add_mail(*log, 1, body);
  const LoggedMail empty = add_mail(*log, 2, "");
  log->append(sample_event("pt-1"));
  MailFacts long_facts = sample_facts(3);
  long_facts.flags.assign(500, "$a-keyword-of-somebody");
  log->begin_mail(long_facts);
  // Its content's bytes are none, as of the mail before: the same name twice in the log.
  log->end_mail();

  CHECK(tar(temp, "tvf '" + (temp / "log/000001.tar") + "'") == 0);
  CHECK(read_file(temp / "err") == "");
  const std::string listed = read_file(temp / "out");
  CHECK(std::count(listed.begin(), listed.end(), '\n') == 4);
  CHECK(listed.find("-rw------- 0/0            3014 2017-11-04 00:00 mail/" + mail.sha256 + ".eml\n") !=
        std::string::npos);
  CHECK(listed.find("2017-11-03 23:59 event/1.json\n") != std::string::npos);

  std::filesystem::create_directory(temp / "x");
  CHECK(tar(temp, "xf '" + (temp / "log/000001.tar") + "' -C '" + (temp / "x") + "'") == 0);
  CHECK(read_file(temp / "err") == "");
  CHECK(read_file(temp / "x/mail/" + mail.sha256 + ".eml") == body);
  CHECK(read_file(temp / "x/mail/" + empty.sha256 + ".eml") == "");
  CHECK(read_file(temp / "x/event/1.json") ==
        R"({"schema":"papertray/event/1","type":"sending_begun","at":"2017-11-03T23:59:59Z",)"
        R"("actor":"papertray","token":"pt-1"})"
        "\n");
}

TEST_CASE("people read the server's facts in the headers") {
  const TempDir temp;
  const auto log = writer(temp / "log");
  add_mail(*log, 42, "x");
  const std::string bytes = read_file(temp / "log/000001.tar");
  CHECK(bytes.find("SCHILY.xattr.user.papertray.imap="
                   "imaps:%2F%2Fimap.example.org%20as%20desk/Calls%2F2017%20100%25/7/42\n") !=
        std::string::npos);
  CHECK(bytes.find("LIBARCHIVE.xattr") == std::string::npos);
  CHECK(bytes.find("\"internaldate\":\"2017-11-03T23:59:59Z\"") != std::string::npos);
}
