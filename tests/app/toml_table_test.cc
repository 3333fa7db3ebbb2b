#include "app/toml_table.h"

#include <doctest/doctest.h>

#include "app/failing.h"

namespace papertray {
namespace {

using test::check_sentence;
using test::failure_of;
using test::sentence_of;

TomlTable parsed(const std::string& text) {
  return TomlTable::parse(text, "/desk/x.toml");
}

}  // namespace

TEST_CASE("what is there is read as it stands") {
  TomlTable table = parsed(
      "name = \"Ada\"\n"
      "tags = [\"a\", \"b\"]\n"
      "pages = 2\n"
      "mode = \"hold\"\n"
      "[inner]\n"
      "key = \"value\"\n"
      "[[track]]\n"
      "id = \"one\"\n"
      "[track.format]\n"
      "pages = 3\n"
      "[[track]]\n"
      "id = \"two\"\n");
  CHECK(table.text("name") == "Ada");
  CHECK(table.texts("tags", {}) == std::vector<std::string>{"a", "b"});
  CHECK(table.number("pages", 0, 0, 10) == 2);
  CHECK(table.word("mode", {"send", "hold"}, "send") == "hold");
  CHECK(table.table("inner").value().text("key") == "value");
  std::vector<TomlTable> tracks = table.tables("track");
  REQUIRE(tracks.size() == 2);
  CHECK(tracks[0].text("id") == "one");
  CHECK(tracks[0].table("format").value().number("pages", 0, 0, 10) == 3);
  CHECK(tracks[1].text("id") == "two");
  tracks[0].finish();
  tracks[1].finish();
  table.finish();
}

TEST_CASE("what is not there has its default") {
  TomlTable table = parsed("");
  CHECK(table.text("name", "nobody") == "nobody");
  CHECK(table.texts("tags", {"x"}) == std::vector<std::string>{"x"});
  CHECK(table.number("pages", 7, 0, 10) == 7);
  CHECK(table.word("mode", {"send", "hold"}, "send") == "send");
  CHECK_FALSE(table.table("inner"));
  CHECK(table.tables("track").empty());
  table.finish();
}

TEST_CASE("a table outlives the one it was found in") {
  const auto inner = [] { return parsed("[inner]\nkey = \"value\"\n").table("inner").value(); };
  TomlTable table = inner();
  CHECK(table.text("key") == "value");
}

TEST_CASE("each mistake names its line, its key and what is right") {
  struct Case {
    const char* text;
    void (*read)(TomlTable&);
    const char* begin;
    const char* part;
  };
  const Case cases[] = {
      {"# one\n\nname = 7\n", [](TomlTable& t) { t.text("name"); },
       "/desk/x.toml:3: name wants a text in quotes", ""},
      {"nam = \"x\"\n", [](TomlTable& t) { t.text("name"); }, "/desk/x.toml:1: unknown key \"nam\"",
       "did you mean \"name\"?"},
      {"other = 1\n", [](TomlTable& t) { t.text("name"); }, "/desk/x.toml:1: name is missing", ""},
      {"name = \"a\\u001b[31m\"\n", [](TomlTable& t) { t.text("name"); },
       "/desk/x.toml:1: name holds a control character", ""},
      {"tags = [\"a\\u0000\"]\n", [](TomlTable& t) { t.texts("tags", {}); },
       "/desk/x.toml:1: tags holds a control character", ""},
      {"tags = \"a\"\n", [](TomlTable& t) { t.texts("tags", {}); }, "/desk/x.toml:1: tags wants a list",
       ""},
      {"tags = [1]\n", [](TomlTable& t) { t.texts("tags", {}); }, "/desk/x.toml:1: tags wants a list",
       ""},
      {"\npages = 11\n", [](TomlTable& t) { t.number("pages", 0, 1, 10); },
       "/desk/x.toml:2: pages wants a whole number from 1 to 10", ""},
      {"pages = \"2\"\n", [](TomlTable& t) { t.number("pages", 0, 1, 10); },
       "/desk/x.toml:1: pages wants a whole number", ""},
      {"pages = 2.5\n", [](TomlTable& t) { t.number("pages", 0, 1, 10); },
       "/desk/x.toml:1: pages wants a whole number", ""},
      {"mode = \"sned\"\n",
       [](TomlTable& t) {
         t.word("mode", {"send", "hold", "off"}, "");
       },
       "/desk/x.toml:1: mode is \"send\", \"hold\" or \"off\", not \"sned\"", "did you mean \"send\"?"},
      {"mode = \"carrier pigeon\"\n",
       [](TomlTable& t) {
         t.word("mode", {"send", "hold"}, "");
       },
       "/desk/x.toml:1: mode is \"send\" or \"hold\", not \"carrier pigeon\"", ""},
      {"inner = \"s3cret\"\n", [](TomlTable& t) { t.table("inner", "{ file = \"x\" }"); },
       "/desk/x.toml:1: inner wants a table: { file = \"x\" }", ""},
      {"[track]\nid = \"x\"\n", [](TomlTable& t) { t.tables("track"); },
       "/desk/x.toml:1: track is written [[track]]", ""},
      {"track = [1]\n", [](TomlTable& t) { t.tables("track"); },
       "/desk/x.toml:1: track is written [[track]]", ""},
      {"[inner]\nkey = 1\n", [](TomlTable& t) { t.table("inner")->text("key"); },
       "/desk/x.toml:2: [inner] key wants a text", ""},
      {"\n[inner]\n", [](TomlTable& t) { t.table("inner")->text("key"); },
       "/desk/x.toml:2: [inner] key is missing", ""},
      {"[[track]]\n[track.format]\npages = true\n",
       [](TomlTable& t) { t.tables("track")[0].table("format")->number("pages", 0, 1, 2); },
       "/desk/x.toml:3: [track.format] pages wants", ""},
  };
  for (const Case& one : cases) {
    CAPTURE(one.text);
    TomlTable table = parsed(one.text);
    const Error error = failure_of([&] { one.read(table); });
    check_sentence(error.text, one.begin, one.part);
    CHECK(error.exit == Exit::configuration);
    CHECK(error.text.find("s3cret") == std::string::npos);
  }
}

TEST_CASE("a key that nobody asked for is told, with the nearest that was") {
  TomlTable table = parsed("name = \"x\"\nfodlers = [\"INBOX\"]\n");
  table.text("name");
  table.texts("folders", {});
  check_sentence(sentence_of([&] { table.finish(); }), "/desk/x.toml:2: unknown key \"fodlers\"",
                 "did you mean \"folders\"?");
}

TEST_CASE("one that resembles none is told with those there are") {
  TomlTable table = parsed("[inner]\nzebra = 1\n");
  TomlTable inner = table.table("inner").value();
  inner.text("user", "");
  inner.text("auth", "");
  check_sentence(sentence_of([&] { inner.finish(); }),
                 "/desk/x.toml:2: unknown key \"zebra\" in [inner]", "known here: user, auth");
}

TEST_CASE("an unknown table is called one") {
  TomlTable table = parsed("[reciepts]\nmode = \"send\"\n");
  table.table("receipts");
  check_sentence(sentence_of([&] { table.finish(); }), "/desk/x.toml:1: unknown table \"reciepts\"",
                 "did you mean \"receipts\"?");
}

TEST_CASE("a key with control characters is shown harmless") {
  const TomlTable table = parsed("\"a\\u001b[2J\" = 1\n");
  const std::string sentence = sentence_of([&] { table.finish(); });
  check_sentence(sentence, "/desk/x.toml:1: unknown key", "a\\x1b[2J");
}

TEST_CASE("a text that is no TOML: the line, and never what a value holds") {
  struct Case {
    const char* text;
    const char* begin;
  };
  const Case cases[] = {
      {"a = 1\n[mailbox\n", "/desk/x.toml:2: "},
      {"password = open-sesame\n", "/desk/x.toml:1: "},
      {"a = 1\na = 2\n", "/desk/x.toml:2: "},
      {"\n\na = \"\xff\"\n", "/desk/x.toml:3: "},
  };
  for (const Case& one : cases) {
    CAPTURE(one.text);
    const std::string sentence = sentence_of([&] { parsed(one.text); });
    check_sentence(sentence, one.begin, "mend this line");
    CHECK(sentence.find("sesame") == std::string::npos);
  }
}

}  // namespace papertray
