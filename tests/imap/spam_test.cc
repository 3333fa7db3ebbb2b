// The folders where a server puts what it takes for spam: read like others, changed never, missed
// quietly.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "dialogue.h"
#include "imap/probe.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

const std::string offer = "Subject: offer\r\n\r\nbuy\r\n";

ImapSettings with_spam(After after = {}) {
  ImapSettings with = settings(std::move(after));
  with.spam = {"Junk"};
  return with;
}

Place junk(std::uint32_t uid) {
  return Place{inbox(1).account, "Junk", 9, uid, ""};
}

// INBOX has nothing new.
void know_inbox(Talk& talk) {
  talk.seen.places.insert(inbox(12));
  talk.seen.marked.insert(inbox(12));
}

Script& no_junk(Script& script, int tag) {
  const auto pt = [&tag] { return "pt" + std::to_string(tag++); };
  const std::string examine = pt();
  script.client(examine + " EXAMINE \"Junk\"").server(examine + " NO no such folder");
  const std::string list = pt();
  script.client(list + " LIST \"\" \"*\"").server("* LIST () \"/\" INBOX").server(list + " OK");
  return script;
}

}  // namespace

TEST_CASE("a spam folder is opened for reading only, its mails say where they lie, and none is marked") {
  for (const After::Kind kind : {After::Kind::flag, After::Kind::move}) {
    Script script = hello();
    select(script);
    select(script, "pt4", "EXAMINE \"Junk\"", 9, 6);
    script.client("pt5 UID SEARCH UID 1:*").server("* SEARCH 5").server("pt5 OK done");
    script.client("pt6 UID FETCH 5 " + list_items)
        .server(announced(1, 5, offer.size()))
        .server("pt6 OK");
    script.client("pt7 UID FETCH 5 (UID BODY.PEEK[])").server(handed(1, 5, offer)).server("pt7 OK");
    // The next pass: nothing new, and nothing that was left unmarked.
    select(script, "pt8");
    select(script, "pt9", "EXAMINE \"Junk\"", 9, 6);
    Talk talk({script}, with_spam({kind, "Done"}));
    know_inbox(talk);
    CHECK(talk.fetch() == 1);
    REQUIRE(talk.got.mails.size() == 1);
    CHECK(talk.got.mails[0].facts.place == junk(5));
    CHECK(talk.got.mails[0].facts.spam);
    CHECK(talk.source.mark(std::vector{junk(5)}).empty());
    talk.seen.record(talk.got);
    CHECK(talk.fetch() == 0);
    CHECK(talk.source.mark({}).empty());
    CHECK(talk.got.warnings.empty());
  }
}

TEST_CASE("a mail of the inbox is none of a spam folder") {
  Script script = hello();
  select(script);
  script.client("pt4 UID SEARCH UID 1:*").server("* SEARCH 12").server("pt4 OK done");
  script.client("pt5 UID FETCH 12 " + list_items)
      .server(announced(1, 12, offer.size()))
      .server("pt5 OK");
  script.client("pt6 UID FETCH 12 (UID BODY.PEEK[])").server(handed(1, 12, offer)).server("pt6 OK");
  Talk talk({script}, with_spam());
  CHECK(talk.fetch() == 1);
  REQUIRE(talk.got.mails.size() == 1);
  CHECK_FALSE(talk.got.mails[0].facts.spam);
}

TEST_CASE("a spam folder that is not there is told once, and again when it was there in between") {
  Script script = hello();
  select(script);
  no_junk(script, 4);
  select(script, "pt6");
  no_junk(script, 7);
  select(script, "pt9");
  select(script, "pt10", "EXAMINE \"Junk\"", 9, 1);
  select(script, "pt11");
  no_junk(script, 12);
  Talk talk({script}, with_spam());
  know_inbox(talk);
  CHECK(talk.fetch() == 0);
  REQUIRE(talk.got.warnings.size() == 1);
  CHECK(talk.got.warnings[0].find("has not the folder 'Junk'") != std::string::npos);
  CHECK(talk.got.warnings[0].find("a spam folder; the others are read without it") != std::string::npos);
  CHECK(talk.got.warnings[0].find('\n') == std::string::npos);
  CHECK(talk.fetch() == 0);
  CHECK(talk.got.warnings.size() == 1);
  CHECK(talk.fetch() == 0);
  CHECK(talk.fetch() == 0);
  CHECK(talk.got.warnings.size() == 2);
}

TEST_CASE("a listing says which spam folder cannot be opened") {
  Script script = hello();
  script.client("pt3 EXAMINE \"INBOX\"").server("* 1 EXISTS").server("* OK [UIDVALIDITY 7] x");
  script.server("* OK [UIDNEXT 13] x").server("pt3 OK [READ-ONLY]");
  script.client("pt4 UID SEARCH UID 1:*").server("* SEARCH 12").server("pt4 OK");
  no_junk(script, 5);
  Talk talk({script}, with_spam());
  const std::vector<FolderUids> all = talk.source.list_all();
  REQUIRE(all.size() == 2);
  CHECK(all[0].uids == std::vector<std::uint32_t>{12});
  CHECK(all[0].uidnext == 13);
  CHECK(all[0].problem.empty());
  CHECK(all[1].folder == "Junk");
  CHECK(all[1].problem.find("has not the folder 'Junk'") != std::string::npos);
}

TEST_CASE("doctor's look takes in the spam folders") {
  Script script = hello();
  select(script, "pt3", "EXAMINE \"INBOX\"");
  no_junk(script, 4);
  script.client("pt6 LOGOUT").server("* BYE").server("pt6 OK");
  const ImapReport report =
      probe_imap(with_spam(), [&](const Server&) { return std::make_unique<ScriptedWire>(script); });
  REQUIRE(report.folders.size() == 2);
  CHECK_FALSE(report.folders[0].spam);
  CHECK(report.folders[1].spam);
  CHECK_FALSE(report.folders[1].there);
}
