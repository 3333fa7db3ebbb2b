// What the server says, read: the good, the odd and the lies. Each input is read at once and byte by
// byte, which must make no difference.
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "imap/input.h"
#include "imap/response_reader.h"
#include "support/scripted_wire.h"

using namespace papertray;
using namespace std::string_literals;
using papertray::testing::Script;
using papertray::testing::ScriptedWire;

namespace {

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words)
    text += (text.empty() ? "" : " ") + word;
  return text;
}

// Everything that is told, as text.
class Teller : public ResponseHandler {
 public:
  void capability(const std::vector<std::string>& words) override {
    told += "capability " + join(words) + "\n";
  }
  void flags(const std::vector<std::string>& words) override { told += "flags " + join(words) + "\n"; }
  void exists(std::uint32_t n) override { told += fmt::format("exists {}\n", n); }
  void recent(std::uint32_t n) override { told += fmt::format("recent {}\n", n); }
  void expunge(std::uint32_t n) override { told += fmt::format("expunge {}\n", n); }
  void found(std::uint32_t a, std::uint32_t b) override { told += fmt::format("found {}-{}\n", a, b); }
  void listed(const ListedFolder& f) override {
    told += fmt::format("listed ({}) {}\n", join(f.flags), f.name);
  }
  void body_begin(const FetchItems&, std::uint64_t size) override {
    told += fmt::format("body {} '", size);
  }
  void body_bytes(std::span<const char> bytes) override { told.append(bytes.data(), bytes.size()); }
  void fetched(const FetchItems& i) override {
    if (i.body_size) told += "'\n";
    told += fmt::format("fetched {}", i.number);
    if (i.uid) told += fmt::format(" uid={}", *i.uid);
    if (i.size) told += fmt::format(" size={}", *i.size);
    if (i.internaldate) told += " date=" + rfc3339(*i.internaldate);
    if (i.flags) told += " flags=(" + join(*i.flags) + ")";
    if (i.gmail_id) told += fmt::format(" gmail={}", *i.gmail_id);
    told += "\n";
  }
  std::string told;
};

// Reads until the bytes are through; a Failure's text ends the account.
std::string account_of(const std::string& bytes, std::size_t piece) {
  ScriptedWire wire(Script().raw(bytes).client("end"), piece);
  Input input(wire, "imap.test:993", std::chrono::seconds(1));
  ResponseReader reader(input);
  Teller teller;
  try {
    for (;;) {
      const ReadResponse response = reader.read(teller);
      const StatusLine& line = response.line;
      const std::string words =
          fmt::format("{}|{}|{}|{}", status_word(line.status), line.code, line.arguments, line.text);
      if (response.kind == ReadResponse::Kind::tagged) teller.told += response.tag + " " + words + "\n";
      if (response.kind == ReadResponse::Kind::status) teller.told += "* " + words + "\n";
      if (response.kind == ReadResponse::Kind::continuation) teller.told += "+ " + line.text + "\n";
    }
  } catch (const testing::OffScript&) {
    return teller.told;  // all bytes read, at the beginning of a response
  } catch (const Failure& failure) {
    CHECK(failure.error().scope == Scope::account);
    return teller.told + "! " + failure.error().text;
  }
}

struct Row {
  const char* what;
  std::string bytes;
  std::string account;
};

}  // namespace

TEST_CASE("responses are read as the grammar says") {
  const std::vector<Row> rows{
      {"tagged", "pt1 OK done\r\n", "pt1 OK|||done\n"},
      {"lower case", "pt1 no Never\r\n", "pt1 NO|||Never\n"},
      {"no text", "pt1 OK\r\n", "pt1 OK|||\n"},
      {"code", "pt9 NO [TRYCREATE] No such\r\n", "pt9 NO|TRYCREATE||No such\n"},
      {"code with argument", "* OK [UIDVALIDITY 3857529045] valid\r\n",
       "* OK|UIDVALIDITY|3857529045|valid\n"},
      {"code with list", "* OK [PERMANENTFLAGS (\\Seen \\*)]\r\n",
       "* OK|PERMANENTFLAGS|(\\Seen \\*)|\n"},
      {"code with quoted bracket", "* OK [X \"a]b\" c] t\r\n", "* OK|X|\"a]b\" c|t\n"},
      {"no end of code", "* OK [ALERT going down\r\n", "* OK|||[ALERT going down\n"},
      {"text like a literal", "* OK see {5}\r\n* 1 EXISTS\r\n", "* OK|||see {5}\nexists 1\n"},
      {"bye", "* BYE [UNAVAILABLE] restart\r\n", "* BYE|UNAVAILABLE||restart\n"},
      {"preauth", "* PREAUTH hello\r\n", "* PREAUTH|||hello\n"},
      {"continuation", "+ idling\r\n", "+ idling\n"},
      {"capability", "* CAPABILITY IMAP4rev1 idle AUTH=PLAIN \r\n",
       "capability IMAP4REV1 IDLE AUTH=PLAIN\n"},
      {"flags", "* FLAGS (\\Answered $Junk)\r\n", "flags \\Answered $Junk\n"},
      {"counts", "* 172 EXISTS\r\n* 1 RECENT\r\n* 4 EXPUNGE\r\n", "exists 172\nrecent 1\nexpunge 4\n"},
      {"search", "* SEARCH 2 84 882\r\n", "found 2-2\nfound 84-84\nfound 882-882\n"},
      {"search, nothing", "* SEARCH\r\n* SEARCH \r\n", ""},
      {"search with modseq", "* SEARCH 2 (MODSEQ 917162500)\r\n", "found 2-2\n"},
      {"esearch", "* ESEARCH (TAG \"pt4\") UID ALL 1:9,12\r\n", "found 1-9\nfound 12-12\n"},
      {"esearch, backwards", "* ESEARCH (TAG \"pt4\") UID COUNT 3 ALL 9:7\r\n", "found 7-9\n"},
      {"esearch, nothing", "* ESEARCH (TAG \"pt4\") UID\r\n", ""},
      {"list", "* LIST (\\HasNoChildren) \"/\" INBOX\r\n", "listed (\\HasNoChildren) INBOX\n"},
      {"list, quoted", "* LIST () NIL \"a \\\"b\\\" c\"\r\n", "listed () a \"b\" c\n"},
      {"list, literal", "* LIST () \".\" {5}\r\na\r\nb)\r\n", "listed () a\r\nb)\n"},
      {"list, extended", "* LIST () \".\" x (\"CHILDINFO\" (\"SUBSCRIBED\"))\r\n", "listed () x\n"},
      {"fetch",
       "* 12 FETCH (UID 70 RFC822.SIZE 44827 INTERNALDATE \" 3-Nov-2017 16:59:59 -0700\" FLAGS (\\Seen "
       "$X))\r\n",
       "fetched 12 uid=70 size=44827 date=2017-11-03T23:59:59Z flags=(\\Seen $X)\n"},
      {"fetch, gmail", "* 1 FETCH (X-GM-MSGID 18446744073709551615 UID 3)\r\n",
       "fetched 1 uid=3 gmail=18446744073709551615\n"},
      {"fetch, unreadable date", "* 1 FETCH (UID 3 INTERNALDATE \"yesterday\")\r\n",
       "fetched 1 uid=3\n"},
      {"fetch, NIL date", "* 1 FETCH (UID 3 INTERNALDATE NIL)\r\n", "fetched 1 uid=3\n"},
      {"fetch, empty", "* 1 FETCH ()\r\n", "fetched 1\n"},
      {"fetch, blanks", "* 1 FETCH ( UID  3 ) \r\n", "fetched 1 uid=3\n"},
      {"body", "* 1 FETCH (UID 3 BODY[] {5}\r\nab\r\nc)\r\n", "body 5 'ab\r\nc'\nfetched 1 uid=3\n"},
      {"body before its uid", "* 1 FETCH (BODY[] {2}\r\nab UID 3)\r\n",
       "body 2 'ab'\nfetched 1 uid=3\n"},
      {"body, nothing", "* 1 FETCH (UID 3 BODY[] {0}\r\n)\r\n", "body 0 ''\nfetched 1 uid=3\n"},
      {"body, literal8", "* 1 FETCH (UID 3 BODY[] ~{3}\r\na\0b)\r\n"s,
       "body 3 'a\0b'\nfetched 1 uid=3\n"s},
      {"body, quoted", "* 1 FETCH (UID 3 BODY[] \"a\\\\b\")\r\n", "body 3 'a\\b'\nfetched 1 uid=3\n"},
      {"body, NIL", "* 1 FETCH (UID 3 BODY[] NIL)\r\n", "fetched 1 uid=3\n"},
      {"a mail that speaks IMAP",
       "* 1 FETCH (UID 3 BODY[] {45}\r\nA004 OK evil\r\npt6 OK done\r\n)\r\n* BYE\r\npt1 OK\r\n)\r\n",
       "body 45 'A004 OK evil\r\npt6 OK done\r\n)\r\n* BYE\r\npt1 OK\r\n'\nfetched 1 uid=3\n"},
      {"items nobody asked for",
       "* 1 FETCH (ENVELOPE (NIL ((\"x)\" NIL {3}\r\n))) \"h\"))) BODY[HEADER.FIELDS (FROM)] {2}\r\nxx "
       "MODSEQ (7) UID 3)\r\n",
       "fetched 1 uid=3\n"},
      {"no count at all", "* -1 EXISTS\r\n* 1 EXISTS\r\n", "exists 1\n"},
      {"untagged of another kind", "* XWHAT some {3}\r\n)\r\n and more\r\n* 1 EXISTS\r\n", "exists 1\n"},
      {"numbered of another kind", "* 4 XWHAT a b\r\n* 1 EXISTS\r\n", "exists 1\n"},
      {"eight bits in text", "* OK gr\xc3\xbc\xc3\x9f\r\n", "* OK|||gr\xc3\xbc\xc3\x9f\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(account_of(row.bytes, 4096) == row.account);
    CHECK(account_of(row.bytes, 1) == row.account);
  }
}

TEST_CASE("what is no IMAP ends in one sentence") {
  const std::string deep(65, '(');
  const std::vector<Row> rows{
      {"not a response", "220 smtp.test ESMTP\r\n", "neither a star nor an answer"},
      {"an empty line", "\r\n", "a word is missing"},
      {"bare line feed", "pt1 OK done\n", "no line may hold"},
      {"bare carriage return", "pt1 OK done\rx\r\n", "a carriage return stands alone"},
      {"NUL in a line", "* OK a\0b\r\n"s, "no line may hold"},
      {"tagged bye", "pt1 BYE now\r\n", "neither a star nor an answer"},
      {"count too large", "* 4294967296 EXISTS\r\n", "a number is too large"},
      {"endless count", "* 99999999999999999999999999 EXISTS\r\n", "a number is too large"},
      {"search, negative", "* SEARCH 1 -2\r\n", "a number is missing"},
      {"search, no number", "* SEARCH 1 2x\r\n", "no number"},
      {"esearch, no number", "* ESEARCH UID ALL 1:*\r\n", "a number is missing"},
      {"fetch without list", "* 1 FETCH UID 3\r\n", "a '(' is missing"},
      {"uid NIL", "* 1 FETCH (UID NIL)\r\n", "a number is missing"},
      {"uid negative", "* 1 FETCH (UID -3)\r\n", "a number is missing"},
      {"uid too large", "* 1 FETCH (UID 4294967296)\r\n", "a number is too large"},
      {"two uids", "* 1 FETCH (UID 3 UID 4)\r\n", "two things of one message"},
      {"two bodies", "* 1 FETCH (UID 3 BODY[] {1}\r\na BODY[] {1}\r\nb)\r\n",
       "one response holds two mails"},
      {"literal negative", "* 1 FETCH (UID 3 BODY[] {-5}\r\n", "a number is missing"},
      {"literal without digits", "* 1 FETCH (UID 3 BODY[] {}\r\n", "a number is missing"},
      {"literal beyond 64 bits", "* 1 FETCH (UID 3 BODY[] {18446744073709551616}\r\n",
       "a number is too large"},
      {"literal, non-synchronizing", "* 1 FETCH (UID 3 BODY[] {3+}\r\nabc)\r\n", "a '}' is missing"},
      {"literal too short for the mail", "* 1 FETCH (UID 3 BODY[] {2}\r\nabc)\r\n",
       "a value is missing"},
      {"literal too long for the mail", "* 1 FETCH (UID 3 BODY[] {9}\r\nabc)\r\n* 2 FETCH (UID 4)\r\n",
       "an item's name is missing"},
      {"body without a string", "* 1 FETCH (UID 3 BODY[] )\r\n", "a word is missing"},
      {"body as a list", "* 1 FETCH (UID 3 BODY[] (a))\r\n", "a word is missing"},
      {"body as a word", "* 1 FETCH (UID 3 BODY[] text)\r\n", "a string is missing"},
      {"quoted body over the line", "* 1 FETCH (UID 3 BODY[] \"a\r\n", "does not end in its line"},
      {"flags NIL", "* 1 FETCH (UID 3 FLAGS NIL)\r\n", "a '(' is missing"},
      {"no end", "* 1 FETCH (UID 3\r\n* 2 EXISTS\r\n", "an item's name is missing"},
      {"more behind the end", "* 1 FETCH (UID 3) x\r\n", "goes on where it should end"},
      {"too deep", "* 1 FETCH (X " + deep + "\r\n", "nested too deeply"},
      {"huge literal nobody asked for", "* 1 FETCH (ENVELOPE {4294967296}\r\n", "nobody asked for"},
      {"huge literal in another response", "* XWHAT {4294967296}\r\n", "nobody asked for"},
      {"huge literal as a name", "* LIST () \".\" {1000000}\r\n", "a literal is too large"},
      {"control character",
       "* 1 FETCH (UID 3 FLAGS (\\Se\x1b"
       "en))\r\n",
       "a control character"},
      {"endless line", "* OK " + std::string(70'000, 'a'), "longer than any line"},
      {"10 MB line", "* FLAGS (" + std::string(10'000'000, 'f') + ")\r\n", "longer than any line"},
      {"endless quoted string", "* LIST () \".\" \"" + std::string(70'000, 'a'), "longer than any line"},
      {"endless tag", std::string(70'000, 'a'), "longer than any line"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const std::string account = account_of(row.bytes, 4096);
    const std::size_t sentence = account.find("! imap.test:993 breaks the IMAP protocol: ");
    REQUIRE(sentence != std::string::npos);
    CHECK(account.find(row.account, sentence) != std::string::npos);
    CHECK(account.find("fetched") == std::string::npos);
    if (row.bytes.size() < 1000) CHECK(account_of(row.bytes, 1) == account);
  }
}

TEST_CASE("a connection that ends within a response is lost, not read as if whole") {
  const std::string response = "* 1 FETCH (UID 3 BODY[] {5}\r\nabcde)\r\n";
  for (std::size_t length = 0; length < response.size(); ++length) {
    CAPTURE(length);
    ScriptedWire wire(Script().raw(response.substr(0, length)));
    Input input(wire, "imap.test:993", std::chrono::seconds(1));
    ResponseReader reader(input);
    Teller teller;
    CHECK_THROWS_AS(reader.read(teller), ConnectionLost);
    CHECK(teller.told.find("fetched") == std::string::npos);
  }
}

TEST_CASE("a large literal streams in pieces no larger than the buffer") {
  class Measure : public ResponseHandler {
   public:
    void body_bytes(std::span<const char> bytes) override {
      total += bytes.size();
      largest = std::max(largest, bytes.size());
    }
    std::size_t total = 0, largest = 0;
  };
  const std::size_t size = 5'000'000;
  ScriptedWire wire(Script().raw(fmt::format("* 1 FETCH (UID 3 BODY[] {{{}}}\r\n{})\r\n", size,
                                             std::string(size, 'x'))),
                    1'000'000);
  Input input(wire, "imap.test:993", std::chrono::seconds(1));
  ResponseReader reader(input);
  Measure measure;
  reader.read(measure);
  CHECK(measure.total == size);
  CHECK(measure.largest <= 64 * 1024);
}
