// Any tar lists and extracts the log; GNU tar does so without a word on stderr.
#include <algorithm>
#include <cstdlib>

#include <doctest/doctest.h>

#include "samples.h"

using namespace papertray;
using namespace papertray::test;

namespace {

// The exit code; output and complaints go into files.
int tar(const TempDir& temp, const std::string& arguments) {
  const std::string command = std::string("LC_ALL=C TZ=UTC ") + PAPERTRAY_GNU_TAR + " " + arguments +
                              " >'" + (temp / "out") + "' 2>'" + (temp / "err") + "'";
  return std::system(command.c_str());
}

}  // namespace

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
  CHECK(
      read_file(temp / "x/event/1.json") ==
      R"({"actor":"papertray","at":"2017-11-03T23:59:59Z","schema":"papertray/event/1","token":"pt-1",)"
      R"("type":"sending_begun"})"
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
