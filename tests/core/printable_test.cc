#include "core/printable.h"

#include <random>

#include <doctest/doctest.h>

using namespace papertray;

TEST_CASE("nothing that a terminal obeys comes through") {
  struct Row {
    std::string text, line, lines;
  };
  const Row rows[] = {
      {"plain", "plain", "plain"},
      {"Überraschung 論文 🎉", "Überraschung 論文 🎉", "Überraschung 論文 🎉"},
      {"\x1b[31mred", "\\x1b[31mred", "\\x1b[31mred"},
      {"a\nb\tc", "a b c", "a\nb\tc"},
      {"a\r\nb\rc", "a b c", "a\nb c"},
      {std::string("nul\0!", 5), "nul\\x00!", "nul\\x00!"},
      {"\x7f", "\\x7f", "\\x7f"},
      {"\xc2\x9b"
       "2J",
       "\\x9b2J", "\\x9b2J"},
      {"\xc2\x85", " ", " "},
      {"evil\u202efdp.exe", "evil\\u202efdp.exe", "evil\\u202efdp.exe"},
      {"\u2066x\u2069", "\\u2066x\\u2069", "\\u2066x\\u2069"},
      {"a\u200bb\ufeff", "a\\u200bb\\ufeff", "a\\u200bb\\ufeff"},
      {"\u2028\u2029", "  ", "  "},
      {"\U000e0041", "\\U000e0041", "\\U000e0041"},
      {"\xff\xc3", "\ufffd\ufffd", "\ufffd\ufffd"},
      {"\xed\xa0\x80", "\ufffd\ufffd\ufffd", "\ufffd\ufffd\ufffd"},
      {"", "", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(one_line(row.text) == row.line);
    CHECK(many_lines(row.text) == row.lines);
  }
}

TEST_CASE("any bytes become valid UTF-8 without control characters") {
  std::mt19937 random(3);
  for (int i = 0; i < 5'000; ++i) {
    std::string bytes;
    for (int n = 0; n < 12; ++n)
      bytes += static_cast<char>(random() % 256);
    const std::string line = one_line(bytes);
    REQUIRE(valid_utf8(line) == line);
    REQUIRE(one_line(line) == line);
    for (const char c : line)
      REQUIRE((static_cast<unsigned char>(c) >= 0x20 && c != 0x7f));
  }
}

TEST_CASE("columns and cutting") {
  CHECK(columns("abc") == 3);
  CHECK(columns("論文") == 4);
  CHECK(columns("e\u0301") == 1);
  CHECK(columns("") == 0);
  struct Row {
    const char* text;
    std::size_t width;
    const char* expected;
  };
  const Row rows[] = {{"abc", 3, "abc"},       {"abcd", 3, "ab…"},
                      {"論文集", 6, "論文集"}, {"論文集", 5, "論文…"},
                      {"論文集", 4, "論…"},    {"abc", 1, "…"},
                      {"abc", 0, ""},          {"", 0, ""},
                      {"ae\u0301b", 2, "a…"},  {"abe\u0301", 3, "abe\u0301"}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(cut_to(row.text, row.width) == row.expected);
    CHECK(columns(cut_to(row.text, row.width)) <= row.width);
  }
}
