// Looking at everything: the pass that goes through every mail, the listing for an audit; and how little
// is said when there is nothing new.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "dialogue.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

const std::string mail = "Subject: x\r\n\r\nbody\r\n";

void know(Talk& talk, const std::vector<std::uint32_t>& uids) {
  for (const std::uint32_t uid : uids)
    talk.seen.places.insert(inbox(uid));
  talk.seen.marked = talk.seen.places;
}

// pt4 to pt6: a mail is found below what is known already.
void one_missed(Script& script) {
  script.client("pt4 UID SEARCH UID 1:*").server("* SEARCH 12 5 3").server("pt4 OK");
  script.client("pt5 UID FETCH 5 " + list_items).server(announced(2, 5, mail.size())).server("pt5 OK");
  script.client("pt6 UID FETCH 5 (UID BODY.PEEK[])").server(handed(2, 5, mail)).server("pt6 OK");
}

}  // namespace

TEST_CASE("everything is looked at once: what is unknown below the last one comes too") {
  Script script = hello();
  select(script);
  one_missed(script);
  select(script, "pt7");  // and no search in the pass after it
  Talk talk({script});
  know(talk, {2, 3, 12});  // 2 is gone from the server: nothing happens
  talk.source.look_at_all();
  CHECK(talk.fetch() == 1);
  REQUIRE(talk.got.mails.size() == 1);
  CHECK(talk.got.mails[0].facts.place == inbox(5));
  CHECK(talk.got.gone.empty());
  talk.seen.record(talk.got);
  CHECK(talk.fetch() == 0);
  CHECK(talk.fetch() == 0);
}

TEST_CASE("everything is looked at, though a connection is lost on the way") {
  Script cut = hello();
  select(cut);
  cut.client("pt4 UID SEARCH UID 1:*").server("* SEARCH 3 5 12").server("pt4 OK");
  cut.client("pt5 UID FETCH 5 " + list_items).server(announced(2, 5, mail.size())).server("pt5 OK");
  cut.client("pt6 UID FETCH 5 (UID BODY.PEEK[])").raw("* 2 FETCH (UID 5 BODY[] {20}\r\nSubj");
  Script script = hello();
  select(script);
  one_missed(script);
  Talk talk({cut, script});
  know(talk, {3, 12});
  talk.source.look_at_all();
  CHECK_THROWS_AS(talk.fetch(), ConnectionLost);
  CHECK(talk.fetch() == 1);
  CHECK(talk.got.mails.size() == 1);
  CHECK(talk.got.abandoned == 1);
}

TEST_CASE("all known: one search, by ranges where the server can") {
  Script script = hello("IMAP4rev1 ESEARCH");
  select(script);
  script.client("pt4 UID SEARCH RETURN (ALL) UID 1:*");
  script.server("* ESEARCH (TAG \"pt4\") UID ALL 3,5,12").server("pt4 OK");
  select(script, "pt5", "SELECT \"Papers\"", 4, 9);
  script.client("pt6 UID SEARCH RETURN (ALL) UID 1:*");
  script.server("* ESEARCH (TAG \"pt6\") UID ALL 1").server("pt6 OK");
  Talk talk({script}, settings({}, {"INBOX", "Papers"}));
  know(talk, {3, 5, 12});
  talk.seen.places.insert(Place{inbox(1).account, "Papers", 4, 1, ""});
  talk.seen.marked = talk.seen.places;
  talk.source.look_at_all();
  CHECK(talk.fetch() == 0);
}

TEST_CASE("more mails than one search keeps: the unknown one far behind is found") {
  Script script = hello("IMAP4rev1 ESEARCH");
  select(script, "pt3", "SELECT \"INBOX\"", 7, 150'001);
  script.client("pt4 UID SEARCH RETURN (ALL) UID 1:*");
  script.server("* ESEARCH (TAG \"pt4\") UID ALL 1:150000").server("pt4 OK");
  script.client("pt5 UID SEARCH RETURN (ALL) UID 100001:*");
  script.server("* ESEARCH (TAG \"pt5\") UID ALL 100001:150000").server("pt5 OK");
  script.client("pt6 UID FETCH 140000 " + list_items).server(announced(1, 140'000, mail.size()));
  script.server("pt6 OK").client("pt7 UID FETCH 140000 (UID BODY.PEEK[])");
  script.server(handed(1, 140'000, mail)).server("pt7 OK");

  class AllButOne : public SeenPlaces {
   public:
    std::uint32_t last_uid(const std::string&, const std::string&, std::uint32_t) const override {
      return 150'000;
    }
    bool seen(const Place& place) const override { return place.uid != 140'000; }
    std::vector<std::uint32_t> unmarked(const std::string&, const std::string&,
                                        std::uint32_t) const override {
      return {};
    }
  };
  Talk talk({script});
  const AllButOne seen;
  talk.source.look_at_all();
  CHECK(talk.source.fetch(seen, {}, talk.got) == 1);
  CHECK(talk.got.mails.size() == 1);
  CHECK(talk.source.fetch(seen, {}, talk.got) == 0);
}

TEST_CASE("a listing for an audit changes nothing and does not disturb") {
  Script script = hello();
  script.client("pt3 EXAMINE \"INBOX\"").server("* 3 EXISTS").server("* OK [UIDVALIDITY 7] x");
  script.server("pt3 OK [READ-ONLY]").client("pt4 UID SEARCH UID 1:*").server("* SEARCH 12 3 5");
  script.server("pt4 OK");
  script.client("pt5 EXAMINE \"Empty\"").server("* 0 EXISTS").server("* OK [UIDVALIDITY 8] x");
  script.server("pt5 OK [READ-ONLY]");
  select(script, "pt6");
  select(script, "pt7", "SELECT \"Empty\"", 8, 1);
  Talk talk({script}, settings({}, {"INBOX", "Empty"}));
  know(talk, {12});
  const std::vector<FolderUids> all = talk.source.list_all();
  REQUIRE(all.size() == 2);
  CHECK(all[0].account == inbox(1).account);
  CHECK(all[0].folder == "INBOX");
  CHECK(all[0].uidvalidity == 7);
  CHECK(all[0].uids == std::vector<std::uint32_t>{3, 5, 12});
  CHECK(all[1].folder == "Empty");
  CHECK(all[1].uids.empty());
  talk.seen.places.insert(Place{inbox(1).account, "Empty", 8, 1, ""});
  talk.seen.marked = talk.seen.places;
  CHECK(talk.fetch() == 0);
}

TEST_CASE("a listing of a folder that is not there is a failure") {
  Script script = hello();
  script.client("pt3 EXAMINE \"INBOX\"")
      .server("pt3 NO x")
      .client("pt4 LIST \"\" \"*\"")
      .server("pt4 OK");
  Talk talk({script});
  try {
    talk.source.list_all();
    FAIL("no failure where one is due");
  } catch (const Failure& failure) {
    CHECK(failure.error().trouble == Trouble::folder_missing);
  }
}

TEST_CASE("nothing new in a folder of 100,000: two round trips after the login, goodbye included") {
  class Counting : public Wire {
   public:
    Counting(const Script& script, int& trips) : wire_(script), trips_(trips) {}
    void send(std::string_view bytes) override {
      wire_.send(bytes);
      waiting_ = true;
    }
    std::optional<std::size_t> receive(std::span<char> buffer, std::chrono::milliseconds patience,
                                       int wake) override {
      if (std::exchange(waiting_, false)) ++trips_;
      return wire_.receive(buffer, patience, wake);
    }

   private:
    ScriptedWire wire_;
    int& trips_;
    bool waiting_ = false;
  };
  // Everything a server could offer, so that nothing of it costs a round trip here.
  Script script =
      hello("IMAP4rev1 IDLE MOVE UIDPLUS ESEARCH CONDSTORE COMPRESS=DEFLATE LITERAL- X-GM-EXT-1 ID");
  script.client("pt3 SELECT \"INBOX\"").server("* 100000 EXISTS").server("* OK [UIDVALIDITY 7] x");
  script.server("* OK [UIDNEXT 123456] x").server("pt3 OK [READ-WRITE]");
  script.client("pt4 LOGOUT").server("* BYE").server("pt4 OK");
  const FixedClock clock;
  int trips = 0;
  RememberedPlaces seen;
  seen.places.insert(inbox(123'455));
  seen.marked = seen.places;
  RecordingReceiver got;
  {
    ImapSource source(settings(), clock,
                      [&](const Server&) { return std::make_unique<Counting>(script, trips); });
    CHECK(source.fetch(seen, {}, got) == 0);
    CHECK(source.mark({}).empty());
  }
  CHECK(trips == 2);
}
