// What taken mails get on the server.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "dialogue.h"
#include "imap/probe.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

const std::vector<Place> done{inbox(12), inbox(10), inbox(11), inbox(11), inbox(20)};
const std::vector<Place> done_in_order{inbox(10), inbox(11), inbox(12), inbox(20)};

Error failure_of(Talk& talk) {
  try {
    talk.source.mark(done);
  } catch (const Failure& failure) {
    return failure.error();
  }
  FAIL("no failure where one is due");
  return {};
}

}  // namespace

TEST_CASE("flagged: one command for many, doubles and order mended") {
  Script script = hello();
  select(script);
  script.client("pt4 UID STORE 10:12,20 +FLAGS.SILENT (\\Seen $Papertray)").server("pt4 OK");
  Talk talk({script});
  CHECK(talk.source.mark(done) == done_in_order);
}

TEST_CASE("a folder that takes no keywords gets \\Seen alone") {
  Script script = hello();
  script.client("pt3 SELECT \"INBOX\"").server("* OK [UIDVALIDITY 7]");
  script.server("* OK [PERMANENTFLAGS (\\Seen \\Deleted)] no keywords").server("pt3 OK [READ-WRITE]");
  script.client("pt4 UID STORE 10:12,20 +FLAGS.SILENT (\\Seen)").server("pt4 OK");
  Talk talk({script});
  CHECK(talk.source.mark(done) == done_in_order);
}

TEST_CASE("a folder opened for reading only says what to do") {
  Script script = hello();
  script.client("pt3 SELECT \"INBOX\"").server("* OK [UIDVALIDITY 7]").server("pt3 OK [READ-ONLY]");
  Talk talk({script});
  const Error error = failure_of(talk);
  CHECK(error.scope == Scope::folder);
  CHECK(error.text.find("after = \"none\"") != std::string::npos);
}

TEST_CASE("moved with MOVE") {
  Script script = hello("IMAP4rev1 MOVE UIDPLUS");
  select(script);
  script.client("pt4 UID MOVE 10:12,20 \"Done\"")
      .server("* OK [COPYUID 1 10:12,20 1:4]")
      .server("* 1 EXPUNGE");
  script.server("pt4 OK");
  Talk talk({script}, settings({After::Kind::move, "Done"}));
  CHECK(talk.source.mark(done) == done_in_order);
}

TEST_CASE("moved without MOVE: nothing is removed before its copy stands, and by UID only") {
  Script script = hello("IMAP4rev1 UIDPLUS");
  select(script);
  script.client("pt4 UID COPY 10:12,20 \"Done\"");
  SUBCASE("all is well") {
    script.server("pt4 OK");
    script.client("pt5 UID STORE 10:12,20 +FLAGS.SILENT (\\Deleted)").server("pt5 OK");
    script.client("pt6 UID EXPUNGE 10:12,20").server("pt6 OK");
    Talk talk({script}, settings({After::Kind::move, "Done"}));
    CHECK(talk.source.mark(done) == done_in_order);
  }
  SUBCASE("the folder is not there") {
    script.server("pt4 NO [TRYCREATE] no such");
    Talk talk({script}, settings({After::Kind::move, "Done"}));
    const Error error = failure_of(talk);
    CHECK(error.exit == Exit::not_there);
    CHECK(error.text.find("no folder 'Done'") != std::string::npos);
  }
}

TEST_CASE("without MOVE and UIDPLUS nothing is moved: EXPUNGE would remove what others have marked") {
  Script script = hello("IMAP4rev1");
  select(script);
  Talk talk({script}, settings({After::Kind::move, "Done"}));
  CHECK(failure_of(talk).exit == Exit::configuration);
}

TEST_CASE("UIDs of another UIDVALIDITY, account or folder are other mails") {
  Script script = hello();
  select(script, "pt3", "SELECT \"INBOX\"", 8);
  Talk talk({script});
  std::vector<Place> places = done;
  places.push_back({"imaps://other@imap.test", "INBOX", 8, 5, ""});
  CHECK(talk.source.mark(places).empty());
}

TEST_CASE("nothing to mark asks nothing of the server") {
  Talk talk({});
  CHECK(talk.source.mark({}).empty());
  CHECK(talk.connections == 0);
}

TEST_CASE("what a killed run left unmarked is marked by the next") {
  Script script = hello();
  select(script);
  script.client("pt4 UID STORE 11:12 +FLAGS.SILENT (\\Seen $Papertray)").server("pt4 OK");
  Talk talk({script});
  for (const std::uint32_t uid : {10U, 11U, 12U})
    talk.seen.places.insert(inbox(uid));
  talk.seen.marked.insert(inbox(10));
  CHECK(talk.fetch() == 0);
  CHECK(talk.source.mark({}) == std::vector{inbox(11), inbox(12)});
  CHECK(talk.source.mark({}).empty());
}

TEST_CASE("marking another folder in between does not lose the place in this one") {
  Script script = hello();
  select(script);
  script.client("pt4 UID SEARCH UID 1:*").server("* SEARCH 10 11").server("pt4 OK");
  script.client("pt5 UID FETCH 10 " + list_items).server(announced(1, 10, 1)).server("pt5 OK");
  script.client("pt6 UID FETCH 10 (UID BODY.PEEK[])").server(handed(1, 10, "a")).server("pt6 OK");
  select(script, "pt7", "SELECT \"Other\"", 3);
  script.client("pt8 UID STORE 4 +FLAGS.SILENT (\\Seen $Papertray)").server("pt8 OK");
  select(script, "pt9");
  script.client("pt10 UID FETCH 11 " + list_items).server(announced(2, 11, 1)).server("pt10 OK");
  script.client("pt11 UID FETCH 11 (UID BODY.PEEK[])").server(handed(2, 11, "b")).server("pt11 OK");
  Talk talk({script}, settings({}, {"INBOX", "Other"}));
  const BatchLimits one{.mails = 1, .bytes = 100};
  CHECK(talk.fetch(one) == 1);
  CHECK(talk.source.mark(std::vector{Place{talk.source.account(), "Other", 3, 4, ""}}).size() == 1);
  CHECK(talk.fetch(one) == 1);
  CHECK(talk.got.mails.size() == 2);
}

TEST_CASE("a probe tells of the server and each folder") {
  Script script = hello("IMAP4rev1 IDLE UIDPLUS");
  select(script, "pt3", "EXAMINE \"INBOX\"");
  script.client("pt4 EXAMINE \"Inbo\"").server("pt4 NO no such");
  script.client("pt5 LIST \"\" \"*\"")
      .server("* LIST () \"/\" INBOX")
      .server("* LIST () \"/\" Inbox2")
      .server("pt5 OK");
  select(script, "pt6", "EXAMINE \"Done\"", 9);
  script.client("pt7 LOGOUT").server("* BYE").server("pt7 OK");
  const ImapReport report =
      probe_imap(settings({After::Kind::move, "Done"}, {"INBOX", "Inbo"}),
                 [&](const Server&) { return std::make_unique<ScriptedWire>(script); });
  CHECK(report.server == "imap.test:993");
  CHECK(report.capabilities == std::vector<std::string>{"IMAP4REV1", "IDLE", "UIDPLUS"});
  REQUIRE(report.folders.size() == 3);
  CHECK(report.folders[0].there);
  CHECK(report.folders[0].mails == 3);
  CHECK(report.folders[0].uidvalidity == 7);
  CHECK_FALSE(report.folders[1].there);
  CHECK(report.folders[1].problem.find("has not the folder 'Inbo'") != std::string::npos);
  CHECK(report.folders[2].there);
  CHECK(report.remarks.size() == 1);
}
