// A mailbox read through scripted dialogues: which commands we say, what reaches the receiver.
#include "imap/source.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "dialogue.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

const std::string first_mail = "Subject: one\r\n\r\nA004 OK evil\r\npt6 OK done\r\n)\r\n";
const std::string second_mail = "Subject: two\r\n\r\nhello\r\n";

void require_failure(Talk& talk, Scope scope, Exit exit, const std::string& text) {
  try {
    talk.fetch();
    FAIL("no failure where one is due: " << text);
  } catch (const Failure& failure) {
    CAPTURE(failure.error().text);
    CHECK(failure.error().scope == scope);
    CHECK(failure.error().exit == exit);
    CHECK(failure.error().text.find(text) != std::string::npos);
    CHECK(failure.error().text.find('\n') == std::string::npos);
  }
  CHECK_FALSE(talk.got.open());
}

Script two_mails() {
  Script script = hello();
  select(script);
  script.client("pt4 UID SEARCH UID 1:*").server("* SEARCH 10 12").server("pt4 OK done");
  script.client("pt5 UID FETCH 10,12 " + list_items);
  script.server(announced(1, 10, first_mail.size())).server(announced(2, 12, second_mail.size()));
  script.server("pt5 OK done");
  script.client("pt6 UID FETCH 10,12 (UID BODY.PEEK[])");
  script.server(handed(1, 10, first_mail)).server(handed(2, 12, second_mail));
  return script.server("pt6 OK done");
}

}  // namespace

TEST_CASE("a pass: find, tell, hand over, mark, nothing left, goodbye") {
  Script script = two_mails();
  script.client("pt7 UID STORE 10,12 +FLAGS.SILENT (\\Seen $Papertray)").server("pt7 OK done");
  script.client("pt8 LOGOUT").server("* BYE bye").server("pt8 OK done");
  // The next pass selects anew: that tells what has come since.
  for (const std::size_t piece : {4096, 1}) {
    CAPTURE(piece);
    Talk talk({script}, settings(), piece);
    CHECK(talk.fetch() == 2);
    REQUIRE(talk.got.mails.size() == 2);
    CHECK(talk.got.mails[0].bytes == first_mail);
    CHECK(talk.got.mails[1].bytes == second_mail);
    const MailFacts& facts = talk.got.mails[1].facts;
    CHECK(facts.place == inbox(12));
    CHECK(facts.size == second_mail.size());
    REQUIRE(facts.internaldate);
    CHECK(rfc3339(*facts.internaldate) == "2017-11-03T23:59:59Z");
    CHECK(facts.flags == std::vector<std::string>{"\\Recent", "$X"});
    CHECK(facts.fetched == talk.clock.now());
    talk.seen.record(talk.got);
    const std::vector<Place> marked = talk.source.mark(std::vector{inbox(10), inbox(12)});
    CHECK(marked == std::vector{inbox(10), inbox(12)});
    CHECK(talk.fetch() == 0);
    CHECK(talk.connections == 1);
  }
}

TEST_CASE("nothing new is known from SELECT alone") {
  Script script = hello();
  select(script);
  select(script, "pt4");
  Talk talk({script});
  talk.seen.places.insert(inbox(12));
  talk.seen.marked.insert(inbox(12));
  CHECK(talk.fetch() == 0);
  CHECK(talk.fetch() == 0);  // a daemon's next look
  CHECK(talk.got.mails.empty());
}

TEST_CASE("n:* names the last mail though its UID is below n") {
  Script script = hello();
  select(script, "pt3", "SELECT \"INBOX\"", 7, 20);
  script.client("pt4 UID SEARCH UID 13:*").server("* SEARCH 12").server("pt4 OK done");
  Talk talk({script});
  talk.seen.places.insert(inbox(12));
  CHECK(talk.fetch() == 0);
  CHECK(talk.got.mails.empty());
}

TEST_CASE("ESEARCH is used where the server has it, X-GM-MSGID too") {
  Script script = hello("IMAP4rev1 ESEARCH X-GM-EXT-1");
  select(script);
  script.client("pt4 UID SEARCH RETURN (ALL) UID 1:*")
      .server("* ESEARCH (TAG \"pt4\") UID ALL 10")
      .server("pt4 OK");
  script.client("pt5 UID FETCH 10 (UID RFC822.SIZE INTERNALDATE FLAGS X-GM-MSGID)");
  script.server("* 1 FETCH (X-GM-MSGID 1278455344230334865 UID 10 RFC822.SIZE 1)").server("pt5 OK");
  script.client("pt6 UID FETCH 10 (UID BODY.PEEK[])").server(handed(1, 10, "m")).server("pt6 OK");
  Talk talk({script});
  CHECK(talk.fetch() == 1);
  REQUIRE(talk.got.mails.size() == 1);
  CHECK(talk.got.mails[0].facts.gmail_id == 1278455344230334865ULL);
  CHECK_FALSE(talk.got.mails[0].facts.internaldate);
}

TEST_CASE("batches by count and by bytes") {
  Script script = hello();
  select(script);
  script.client("pt4 UID SEARCH UID 1:*").server("* SEARCH 1 2 3 4").server("pt4 OK");
  script.client("pt5 UID FETCH 1:3 " + list_items);
  script.server(announced(1, 1, 10))
      .server(announced(2, 2, 10))
      .server(announced(3, 3, 10))
      .server("pt5 OK");
  script.client("pt6 UID FETCH 1:2 (UID BODY.PEEK[])");  // 10 bytes are below 15, 20 are not
  script.server(handed(1, 1, "0123456789")).server(handed(2, 2, "0123456789")).server("pt6 OK");
  script.client("pt7 UID FETCH 3:4 " + list_items);
  script.server(announced(3, 3, 10)).server(announced(4, 4, 10)).server("pt7 OK");
  script.client("pt8 UID FETCH 3:4 (UID BODY.PEEK[])");
  script.server(handed(3, 3, "0123456789")).server(handed(4, 4, "0123456789")).server("pt8 OK");
  Talk talk({script});
  const BatchLimits limits{.mails = 3, .bytes = 15};
  CHECK(talk.fetch(limits) == 2);
  CHECK(talk.fetch(limits) == 2);
  CHECK(talk.fetch(limits) == 0);
  CHECK(talk.got.mails.size() == 4);
}

TEST_CASE("after none looks without touching") {
  Script script = hello();
  select(script, "pt3", "EXAMINE \"INBOX\"");
  Talk talk({script}, settings({After::Kind::none, ""}));
  talk.seen.places.insert(inbox(12));
  CHECK(talk.fetch() == 0);
  CHECK(talk.source.mark(std::vector{inbox(12)}).empty());
}

TEST_CASE("several folders; one that is not there does not hold up the others") {
  Script script = hello();
  script.client("pt3 SELECT \"Papers\"").server("pt3 NO [NONEXISTENT] Mailbox doesn't exist");
  script.client("pt4 LIST \"\" \"*\"");
  script.server("* LIST () \"/\" INBOX")
      .server("* LIST (\\Noselect) \"/\" Papes")
      .server("* LIST () \"/\" Paper");
  script.server("* LIST () \"/\" Entw&APw-rfe").server("pt4 OK");
  select(script, "pt5");
  script.client("pt6 UID SEARCH UID 1:*").server("* SEARCH 12").server("pt6 OK");
  script.client("pt7 UID FETCH 12 " + list_items)
      .server(announced(1, 12, second_mail.size()))
      .server("pt7 OK");
  script.client("pt8 UID FETCH 12 (UID BODY.PEEK[])")
      .server(handed(1, 12, second_mail))
      .server("pt8 OK");
  Talk talk({script}, settings({}, {"Papers", "inbox"}));
  CHECK(talk.fetch() == 1);
  CHECK(talk.got.mails.size() == 1);
  CHECK(talk.got.mails[0].facts.place == inbox(12));
  require_failure(talk, Scope::folder, Exit::not_there, "did you mean 'Paper'?");
}

TEST_CASE("a folder that is not there and resembles none") {
  Script script = hello();
  script.client("pt3 SELECT \"Vortr&AOQ-ge\"").server("pt3 NO unknown");
  script.client("pt4 LIST \"\" \"*\"")
      .server("* LIST () \"/\" INBOX")
      .server("* LIST () \"/\" Entw&APw-rfe");
  script.server("pt4 OK");
  Talk talk({script}, settings({}, {"Vorträge"}));
  require_failure(talk, Scope::folder, Exit::not_there,
                  "imap.test:993 has not the folder 'Vorträge'; there are 'INBOX', 'Entwürfe'");
}

TEST_CASE("a folder without UIDVALIDITY is not read") {
  Script script = hello();
  script.client("pt3 SELECT \"INBOX\"").server("* 3 EXISTS").server("pt3 OK [READ-WRITE] done");
  Talk talk({script});
  require_failure(talk, Scope::folder, Exit::unreachable, "no UIDVALIDITY");
  CHECK(talk.got.mails.empty());
}

TEST_CASE("UIDVALIDITY changed: everything is new") {
  Script script = hello();
  select(script, "pt3", "SELECT \"INBOX\"", 8);
  script.client("pt4 UID SEARCH UID 1:*").server("* SEARCH 12").server("pt4 OK");
  script.client("pt5 UID FETCH 12 " + list_items)
      .server(announced(1, 12, second_mail.size()))
      .server("pt5 OK");
  script.client("pt6 UID FETCH 12 (UID BODY.PEEK[])")
      .server(handed(1, 12, second_mail))
      .server("pt6 OK");
  Talk talk({script});
  talk.seen.places.insert(inbox(12, 7));
  CHECK(talk.fetch() == 1);
  CHECK(talk.got.mails[0].facts.place == inbox(12, 8));
}

TEST_CASE("a server that does not let the folder be opened for now") {
  Script script = hello();
  script.client("pt3 SELECT \"INBOX\"").server("pt3 NO [INUSE] locked");
  script.client("pt4 LIST \"\" \"*\"").server("pt4 OK");
  Talk talk({script});
  require_failure(talk, Scope::folder, Exit::try_later, "NO [INUSE] locked");
}

TEST_CASE("BYE in the middle: one new connection, then a failure") {
  Script bye = hello();
  bye.client("pt3 SELECT \"INBOX\"").server("* BYE going down");
  SUBCASE("the second connection serves") {
    Talk talk({bye, two_mails()});
    CHECK(talk.fetch() == 2);
    CHECK(talk.connections == 2);
  }
  SUBCASE("the second fails too") {
    Talk talk({bye, bye});
    require_failure(talk, Scope::account, Exit::unreachable, "BYE going down");
    CHECK(talk.connections == 2);
  }
}

TEST_CASE("settings that cannot work are refused") {
  const FixedClock clock;
  const auto refused = [&](const ImapSettings& with) {
    try {
      const ImapSource source(with, clock);
      return std::string("taken");
    } catch (const Failure& failure) {
      CHECK(failure.error().exit == Exit::configuration);
      return failure.error().text;
    }
  };
  CHECK(refused(settings({}, {})).find("no folder") != std::string::npos);
  CHECK(refused(settings({}, {"a\r\nb"})).find("control character") != std::string::npos);
  CHECK(refused(settings({After::Kind::move, "inbox"})).find("is read itself") != std::string::npos);
  CHECK(refused(settings({After::Kind::move, "Done"})) == "taken");
}

TEST_CASE("names for people and for keys") {
  const FixedClock clock;
  ImapSettings with = settings({}, {"inbox", "Papers"});
  CHECK(ImapSource(with, clock).name() ==
        "imaps://imap.test:993 as desk@example.org, folders INBOX, Papers");
  CHECK(ImapSource(with, clock).account() == "imaps://desk@example.org@imap.test");
  with.server.url = "imap://[::1]:10143";
  CHECK(ImapSource(with, clock).account() == "imap://desk@example.org@[::1]:10143");
}
