#include "smtp/body_text.h"

#include <string>

#include <doctest/doctest.h>

using namespace papertray;

TEST_CASE("the lines of a text") {
  const struct {
    std::string text;
    std::string lines;
  } table[] = {
      {"", ""},
      {"a", "a\n"},
      {"a\n", "a\n"},
      {"a\r\nb\r\n", "a\nb\n"},
      {"\n\n", "\n\n"},
      {"a\rb", "a\rb\n"},
      {"a\xff", "a\xEF\xBF\xBD\n"},
  };
  for (const auto& row : table)
    CHECK(text_lines(row.text) == row.lines);
}

TEST_CASE("what goes as 7bit") {
  const struct {
    std::string lines;
    bool plain;
  } table[] = {
      {"", true},
      {"plain\ttext\n\nand more\n", true},
      {std::string(76, 'x') + "\n", true},
      {std::string(77, 'x') + "\n", false},
      {"a \n", false},
      {"a\t\n", false},
      {"caf\xC3\xA9\n", false},
      {"esc\x1b\n", false},
      {std::string("nul\0\n", 5), false},
      {"a\rb\n", false},
      {"From here\n", false},
      {"Fromage\n", true},
      {"x\nFrom here\n", false},
      {".\n", false},
      {".forward\n", false},
  };
  for (const auto& row : table) {
    CAPTURE(row.lines);
    CHECK(goes_7bit(row.lines) == row.plain);
  }
}

TEST_CASE("quoted-printable, line by line") {
  const struct {
    std::string lines;
    std::string encoded;
  } table[] = {
      {"", ""},
      {"\n", "\r\n"},
      {"a=b\n", "a=3Db\r\n"},
      {"caf\xC3\xA9 au lait\n", "caf=C3=A9 au lait\r\n"},
      {"blank \ntab\t\n", "blank=20\r\ntab=09\r\n"},
      {".\n.x\n", "=2E\r\n=2Ex\r\n"},
      {"From me\nFromage\n", "=46rom me\r\nFromage\r\n"},
      {"a\rb\n", "a=0Db\r\n"},
      {std::string("\0\n", 2), "=00\r\n"},
      {std::string(76, 'x') + "\n", std::string(75, 'x') + "=\r\nx\r\n"},
      {std::string(75, 'x') + ".\n", std::string(75, 'x') + "=\r\n=2E\r\n"},
      {std::string(75, 'x') + "From me\n", std::string(75, 'x') + "=\r\n=46rom me\r\n"},
      {std::string(73, 'x') + "\xC3\xA9\n", std::string(73, 'x') + "=\r\n=C3=A9\r\n"},
  };
  for (const auto& row : table) {
    CAPTURE(row.lines);
    CHECK(quoted_printable(row.lines) == row.encoded);
  }
  CHECK(with_crlf("a\n\nb\n") == "a\r\n\r\nb\r\n");
}
