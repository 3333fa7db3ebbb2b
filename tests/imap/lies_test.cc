// What a server may do instead of handing over the mail that was asked for.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "dialogue.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

const std::string mail = "Subject: x\r\n\r\nbody\r\n";

// Up to the command that asks for the bodies, pt6.
Script asked(const std::vector<int>& uids, const std::string& set) {
  Script script = hello();
  select(script);
  std::string found;
  for (const int uid : uids)
    found += " " + std::to_string(uid);
  script.client("pt4 UID SEARCH UID 1:*").server("* SEARCH" + found).server("pt4 OK");
  script.client("pt5 UID FETCH " + set + " " + list_items);
  int number = 0;
  for (const int uid : uids)
    script.server(announced(++number, uid, mail.size()));
  script.server("pt5 OK");
  return script.client("pt6 UID FETCH " + set + " (UID BODY.PEEK[])");
}

std::vector<std::uint32_t> uids_of(const RecordingReceiver& got) {
  std::vector<std::uint32_t> uids;
  for (const ReceivedMail& received : got.mails) {
    CHECK(received.bytes == mail);
    uids.push_back(received.facts.place.uid);
  }
  return uids;
}

std::string failure_of(Talk& talk) {
  try {
    talk.fetch();
  } catch (const Failure& failure) {
    CHECK(failure.error().scope == Scope::account);
    CHECK_FALSE(talk.got.open());
    return failure.error().text;
  }
  FAIL("no failure where one is due");
  return {};
}

using Uids = std::vector<std::uint32_t>;

}  // namespace

TEST_CASE("a mail that went before its text was read has vanished") {
  Script script = asked({10, 11, 12}, "10:12");
  script.server(handed(1, 10, mail)).server("* 2 EXPUNGE").server(handed(2, 12, mail)).server("pt6 OK");
  // 12 came before 11's fate was known: it passes by and is asked for again.
  script.client("pt7 UID FETCH 11:12 " + list_items)
      .server(announced(2, 12, mail.size()))
      .server("pt7 OK");
  script.client("pt8 UID FETCH 12 (UID BODY.PEEK[])").server(handed(2, 12, mail)).server("pt8 OK");
  Talk talk({script});
  CHECK(talk.fetch() == 3);
  CHECK(uids_of(talk.got) == Uids{10, 12});
  CHECK(talk.got.gone == std::vector{inbox(11)});
}

TEST_CASE("gone between the search and the list") {
  Script script = hello();
  select(script);
  script.client("pt4 UID SEARCH UID 1:*").server("* SEARCH 10 11").server("pt4 OK");
  script.client("pt5 UID FETCH 10:11 " + list_items)
      .server(announced(1, 11, mail.size()))
      .server("pt5 OK");
  script.client("pt6 UID FETCH 11 (UID BODY.PEEK[])").server(handed(1, 11, mail)).server("pt6 OK");
  Talk talk({script});
  CHECK(talk.fetch() == 2);
  CHECK(talk.got.gone == std::vector{inbox(10)});
  CHECK(uids_of(talk.got) == Uids{11});
}

TEST_CASE("answers out of order: every mail once, in order") {
  Script script = asked({10, 11, 12}, "10:12");
  script.server(handed(3, 12, mail))
      .server(handed(2, 11, mail))
      .server(handed(1, 10, mail))
      .server("pt6 OK");
  script.client("pt7 UID FETCH 11:12 " + list_items);
  script.server(announced(2, 11, mail.size())).server(announced(3, 12, mail.size())).server("pt7 OK");
  // From now on one by one.
  script.client("pt8 UID FETCH 11 (UID BODY.PEEK[])").server(handed(2, 11, mail)).server("pt8 OK");
  script.client("pt9 UID FETCH 12 (UID BODY.PEEK[])").server(handed(3, 12, mail)).server("pt9 OK");
  Talk talk({script});
  CHECK(talk.fetch() == 3);
  CHECK(uids_of(talk.got) == Uids{10, 11, 12});
}

TEST_CASE("the UID after the text: asked for one by one") {
  const auto late = [](int number, int uid) {
    return "* " + std::to_string(number) + " FETCH (BODY[] {" + std::to_string(mail.size()) + "}\r\n" +
           mail + " UID " + std::to_string(uid) + ")";
  };
  Script script = asked({10, 11}, "10:11");
  script.server(late(1, 10)).server(late(2, 11)).server("pt6 OK");
  script.client("pt7 UID FETCH 10:11 " + list_items);
  script.server(announced(1, 10, mail.size())).server(announced(2, 11, mail.size())).server("pt7 OK");
  script.client("pt8 UID FETCH 10 (UID BODY.PEEK[])").server(late(1, 10)).server("pt8 OK");
  SUBCASE("and named rightly") {
    script.client("pt9 UID FETCH 11 (UID BODY.PEEK[])").server(late(2, 11)).server("pt9 OK");
    Talk talk({script});
    CHECK(talk.fetch() == 2);
    CHECK(uids_of(talk.got) == Uids{10, 11});
  }
  SUBCASE("and named as another mail") {
    script.client("pt9 UID FETCH 11 (UID BODY.PEEK[])").server(late(1, 10)).server("pt9 OK");
    Talk talk({script});
    CHECK(failure_of(talk).find("another mail than the one asked for") != std::string::npos);
    CHECK(uids_of(talk.got) == Uids{10});
    CHECK(talk.got.abandoned == 1);
  }
  SUBCASE("and not named at all") {
    script.client("pt9 UID FETCH 11 (UID BODY.PEEK[])");
    script.server("* 2 FETCH (BODY[] {3}\r\nxyz)").server("pt9 OK");
    Talk talk({script});
    CHECK(failure_of(talk).find("another mail than the one asked for") != std::string::npos);
    CHECK(uids_of(talk.got) == Uids{10});
  }
}

TEST_CASE("mails nobody asked for and mails twice pass by") {
  Script script = asked({10, 11}, "10:11");
  script.server(handed(9, 99, "not ours"))
      .server(handed(1, 10, mail))
      .server("* 1 FETCH (UID 10 FLAGS (\\Seen))");
  script.server(handed(1, 10, mail))
      .server("* 1 EXPUNGE")
      .server("* 7 EXISTS")
      .server("* OK [ALERT] still here");
  script.server(handed(1, 11, mail)).server(handed(1, 1, "old")).server("pt6 OK");
  Talk talk({script});
  CHECK(talk.fetch() == 2);
  CHECK(uids_of(talk.got) == Uids{10, 11});
}

TEST_CASE("a mail that the server announces and keeps back is named, the next ones come") {
  const std::vector<std::string> answers{
      "* 1 FETCH (UID 10 BODY[] NIL)",
      "* 1 FETCH (UID 10 BODY[] {0}\r\n)",
      "* 1 FETCH (UID 10 BODY[] \"\")",
      "* 1 FETCH (UID 10)",
      "* OK nothing",
  };
  for (const std::string& answer : answers) {
    CAPTURE(answer);
    for (const std::string word : {"OK done", "NO [SERVERBUG2] cannot read it"}) {
      Script script = asked({10, 11}, "10:11");
      script.server(answer).server("pt6 " + word);
      script.client("pt7 UID FETCH 10:11 " + list_items);
      script.server(announced(1, 10, mail.size()))
          .server(announced(2, 11, mail.size()))
          .server("pt7 OK");
      script.client("pt8 UID FETCH 10 (UID BODY.PEEK[])").server(answer).server("pt8 " + word);
      script.client("pt9 UID FETCH 10:11 " + list_items);
      script.server(announced(1, 10, mail.size()))
          .server(announced(2, 11, mail.size()))
          .server("pt9 OK");
      script.client("pt10 UID FETCH 11 (UID BODY.PEEK[])").server(handed(2, 11, mail)).server("pt10 OK");
      Talk talk({script});
      CHECK(talk.fetch() == 2);
      CHECK(uids_of(talk.got) == Uids{11});
      REQUIRE(talk.got.turned_away.size() == 1);
      CHECK(talk.got.turned_away[0].first == inbox(10));
      CHECK(talk.got.turned_away[0].second.find("does not hand over its text (" + word) !=
            std::string::npos);
    }
  }
}

TEST_CASE("an empty mail is a mail") {
  Script script = hello();
  select(script);
  script.client("pt4 UID SEARCH UID 1:*").server("* SEARCH 10").server("pt4 OK");
  script.client("pt5 UID FETCH 10 " + list_items).server(announced(1, 10, 0)).server("pt5 OK");
  script.client("pt6 UID FETCH 10 (UID BODY.PEEK[])").server(handed(1, 10, "")).server("pt6 OK");
  Talk talk({script});
  CHECK(talk.fetch() == 1);
  REQUIRE(talk.got.mails.size() == 1);
  CHECK(talk.got.mails[0].facts.size == 0);
}

TEST_CASE("the server's own trouble gives up no mail") {
  for (const std::string code : {"OVERQUOTA", "UNAVAILABLE", "THROTTLED"}) {
    Script script = asked({10, 11}, "10:11");
    script.server(handed(1, 10, mail))
        .server("pt6 NO [" + code + "] Account exceeded bandwidth limits.");
    Talk talk({script});
    CHECK(failure_of(talk).find("NO [" + code + "]") != std::string::npos);
    CHECK(uids_of(talk.got) == Uids{10});
    CHECK(talk.got.turned_away.empty());
    CHECK(talk.got.gone.empty());
  }
}

TEST_CASE("RFC822.SIZE is a hint, the literal's length counts") {
  Script script = hello();
  select(script);
  script.client("pt4 UID SEARCH UID 1:*").server("* SEARCH 10").server("pt4 OK");
  script.client("pt5 UID FETCH 10 " + list_items).server(announced(1, 10, 5)).server("pt5 OK");
  script.client("pt6 UID FETCH 10 (UID BODY.PEEK[])").server(handed(1, 10, mail)).server("pt6 OK");
  Talk talk({script});
  CHECK(talk.fetch() == 1);
  CHECK(uids_of(talk.got) == Uids{10});
  CHECK(talk.got.mails[0].facts.size == mail.size());
}

TEST_CASE("a literal that is shorter or longer than the mail is never half of another one") {
  const std::string size = std::to_string(mail.size());
  const std::vector<std::string> bodies{
      "{" + std::to_string(mail.size() - 1) + "}",
      "{" + std::to_string(mail.size() + 1) + "}",
      "{" + std::to_string(mail.size() + 40) + "}",
      "{4294967296}",
      "{99999999999999999999}",
      "{-1}",
      "{" + size + "+}",
      "{ " + size + "}",
      "{}",
      "{" + size,
  };
  for (const std::string& body : bodies) {
    CAPTURE(body);
    Script script = asked({10, 11}, "10:11");
    script.server("* 1 FETCH (UID 10 BODY[] " + body + "\r\n" + mail + ")").server(handed(2, 11, mail));
    script.server("pt6 OK");
    ImapSettings with = settings();
    with.largest = 1000;
    Talk talk({script}, with);
    if (body == "{4294967296}") {
      // Above the cap: that mail is named, the connection given up, nothing of it used.
      CHECK(talk.fetch() == 1);
      REQUIRE(talk.got.turned_away.size() == 1);
      CHECK(talk.got.turned_away[0].second.find("comes with 4294967296") != std::string::npos);
    } else {
      CHECK_FALSE(failure_of(talk).empty());
    }
    CHECK(talk.got.mails.empty());
    CHECK_FALSE(talk.got.open());
  }
}

TEST_CASE("after a mail cut off for its size the next connection goes on behind it") {
  Script script = asked({10, 11}, "10:11");
  script.server("* 1 FETCH (UID 10 BODY[] {4294967296}\r\n");
  Script second = hello();
  select(second);
  second.client("pt4 UID FETCH 11 " + list_items).server(announced(2, 11, mail.size())).server("pt4 OK");
  second.client("pt5 UID FETCH 11 (UID BODY.PEEK[])").server(handed(2, 11, mail)).server("pt5 OK");
  Talk talk({script, second});
  CHECK(talk.fetch() == 1);
  CHECK(talk.fetch() == 1);
  CHECK(talk.fetch() == 0);
  CHECK(uids_of(talk.got) == Uids{11});
  CHECK(talk.got.turned_away.size() == 1);
}

TEST_CASE("nothing is fetched of a mail that no server can have") {
  Script script = hello();
  select(script);
  script.client("pt4 UID SEARCH UID 1:*").server("* SEARCH 10 11").server("pt4 OK");
  script.client("pt5 UID FETCH 10:11 " + list_items);
  script.server(announced(1, 10, largest_announced + 1)).server(announced(2, 11, mail.size()));
  script.server("pt5 OK");
  script.client("pt6 UID FETCH 11 (UID BODY.PEEK[])").server(handed(2, 11, mail)).server("pt6 OK");
  Talk talk({script});
  CHECK(talk.fetch() == 2);
  CHECK(uids_of(talk.got) == Uids{11});
  REQUIRE(talk.got.turned_away.size() == 1);
  CHECK(talk.got.turned_away[0].second.find("2147483649 bytes") != std::string::npos);
  CHECK(talk.got.turned_away[0].second.find("nothing of it was fetched") != std::string::npos);
}

namespace {

const std::string ask_header = "(UID BODY.PEEK[HEADER]<0.262144>)";

// UIDs 10 to 13, of which 11 and 12 are above the cap.
Script two_too_large() {
  Script script = hello();
  select(script, "pt3", "SELECT \"INBOX\"", 7, 14);
  script.client("pt4 UID SEARCH UID 1:*").server("* SEARCH 10 11 12 13").server("pt4 OK");
  script.client("pt5 UID FETCH 10:13 " + list_items);
  script.server(announced(1, 10, mail.size())).server(announced(2, 11, largest_mail + 1));
  script.server(announced(3, 12, largest_announced)).server(announced(4, 13, mail.size()));
  return script.server("pt5 OK");
}

Uids places_of(const RecordingReceiver& got) {
  Uids uids;
  for (const ReceivedMail& received : got.mails)
    uids.push_back(received.facts.place.uid);
  return uids;
}

std::string header_of(int number, int uid, const std::string& header, const std::string& name) {
  return "* " + std::to_string(number) + " FETCH (UID " + std::to_string(uid) + " " + name + " {" +
         std::to_string(header.size()) + "}\r\n" + header + ")";
}

}  // namespace

TEST_CASE("of a mail above the cap the header comes, in its turn") {
  Script script = two_too_large();
  script.client("pt6 UID FETCH 10 (UID BODY.PEEK[])").server(handed(1, 10, mail)).server("pt6 OK");
  script.client("pt7 UID FETCH 11 " + ask_header);
  script.server(header_of(2, 11, "Subject: a\r\n\r\n", "BODY[HEADER]<0>")).server("pt7 OK");
  script.client("pt8 UID FETCH 12 " + ask_header);
  script.server(header_of(3, 12, "Subject: b\r\n\r\n", "BODY[HEADER]")).server("pt8 OK");
  script.client("pt9 UID FETCH 13 (UID BODY.PEEK[])").server(handed(4, 13, mail)).server("pt9 OK");
  Talk talk({script});
  CHECK(talk.fetch() == 4);
  CHECK(places_of(talk.got) == Uids{10, 11, 12, 13});
  CHECK(talk.got.turned_away.empty());
  REQUIRE(talk.got.mails.size() == 4);
  CHECK_FALSE(talk.got.mails[0].facts.oversize);
  CHECK(talk.got.mails[1].bytes == "Subject: a\r\n\r\n");
  CHECK(talk.got.mails[1].facts.size == 14);
  CHECK(talk.got.mails[1].facts.oversize == Oversize{largest_mail + 1, largest_mail});
  CHECK(talk.got.mails[2].facts.oversize == Oversize{largest_announced, largest_mail});
  CHECK_FALSE(talk.got.mails[3].facts.oversize);
}

TEST_CASE("neither is a header taken for a mail nor a mail for a header") {
  SUBCASE("a mail instead of the header") {
    Script script = two_too_large();
    script.client("pt6 UID FETCH 10 (UID BODY.PEEK[])").server(handed(1, 10, mail)).server("pt6 OK");
    script.client("pt7 UID FETCH 11 " + ask_header).server(handed(2, 11, mail)).server("pt7 OK");
    script.client("pt8 UID FETCH 11 " + list_items);
    script.server(announced(2, 11, largest_mail + 1)).server("pt8 OK");
    script.client("pt9 UID FETCH 12 " + ask_header);
    script.server(header_of(3, 12, "Subject: b\r\n\r\n", "BODY[HEADER]<0>")).server("pt9 OK");
    script.client("pt10 UID FETCH 13 (UID BODY.PEEK[])").server(handed(4, 13, mail)).server("pt10 OK");
    Talk talk({script});
    CHECK(talk.fetch() == 4);
    CHECK(places_of(talk.got) == Uids{10, 12, 13});
    REQUIRE(talk.got.turned_away.size() == 1);
    CHECK(talk.got.turned_away[0].first.uid == 11);
  }
  SUBCASE("a header instead of the mail") {
    Script script = asked({10}, "10");
    script.server(header_of(1, 10, "Subject: a\r\n\r\n", "BODY[HEADER]<0>")).server("pt6 OK");
    script.client("pt7 UID FETCH 10 " + list_items).server(announced(1, 10, mail.size()));
    script.server("pt7 OK");
    Talk talk({script});
    CHECK(talk.fetch() == 1);
    CHECK(talk.got.mails.empty());
    CHECK(talk.got.turned_away.size() == 1);
  }
  SUBCASE("a header without end") {
    Script script = two_too_large();
    script.client("pt6 UID FETCH 10 (UID BODY.PEEK[])").server(handed(1, 10, mail)).server("pt6 OK");
    script.client("pt7 UID FETCH 11 " + ask_header);
    script.raw("* 2 FETCH (UID 11 BODY[HEADER] {262145}\r\nSubject");
    Talk talk({script});
    CHECK(talk.fetch() == 2);
    CHECK(uids_of(talk.got) == Uids{10});
    CHECK(talk.got.turned_away.size() == 1);
  }
}

TEST_CASE("the folder made anew while it is read") {
  Script script = asked({10, 11}, "10:11");
  script.server(handed(1, 10, mail))
      .server("* OK [UIDVALIDITY 8] new")
      .server(handed(1, 11, mail))
      .server("pt6 OK");
  Talk talk({script});
  CHECK(failure_of(talk).find("made the folder 'INBOX' anew") != std::string::npos);
  CHECK(uids_of(talk.got) == Uids{10});
  CHECK(talk.got.abandoned == 1);
}

TEST_CASE("other breaches of the protocol") {
  const std::vector<std::pair<std::string, std::string>> rows{
      {"pt5 OK again", "tag of no command of ours"},
      {"A004 OK evil", "tag of no command of ours"},
      {"+ go on", "go on with a command"},
      {"pt6 BAD what", "BAD what"},
      {"* BYE [UNAVAILABLE] restart", "ended the session"},
      {"hello", "breaks the IMAP protocol"},
  };
  for (const auto& [line, text] : rows) {
    CAPTURE(line);
    Script script = asked({10}, "10");
    script.server(line).server("pt6 OK");
    Talk talk({script});
    const std::string failure = failure_of(talk);
    CAPTURE(failure);
    CHECK(failure.find(text) != std::string::npos);
    CHECK(talk.got.mails.empty());
  }
}

TEST_CASE("a search that names half the world stays small") {
  Script script = hello("IMAP4rev1 ESEARCH");
  select(script);
  script.client("pt4 UID SEARCH RETURN (ALL) UID 1:*");
  script.server("* ESEARCH (TAG \"pt4\") UID ALL 4294967295,1:4294967294").server("pt4 OK");
  script.client("pt5 UID FETCH 1:2 " + list_items).server("pt5 OK");
  Talk talk({script});
  CHECK(talk.fetch({.mails = 2, .bytes = 100}) == 2);
  CHECK(talk.got.gone == std::vector{inbox(1), inbox(2)});
}

TEST_CASE("what the receiver throws ends the batch, and is not told to abandon") {
  class Full : public RecordingReceiver {
   public:
    void write(std::span<const char>) override {
      throw Failure(Error{Scope::store, Again::person, Exit::cannot_write, "the disk is full"});
    }
    void abandon() override { FAIL("abandoned what the log has taken back already"); }
  };
  Script script = asked({10}, "10");
  script.server(handed(1, 10, mail)).server("pt6 OK");
  Talk talk({script});
  Full full;
  try {
    talk.source.fetch(talk.seen, {}, full);
    FAIL("no failure where one is due");
  } catch (const Failure& failure) {
    CHECK(failure.error().exit == Exit::cannot_write);
  }
}
