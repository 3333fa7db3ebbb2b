#include "report/wrap.h"

#include <doctest/doctest.h>

#include "core/printable.h"

namespace papertray {

TEST_CASE("a line is broken at blanks and between wide characters") {
  struct Row {
    const char* line;
    std::size_t width;
    LongWord long_word;
    std::vector<std::string> lines;
  };
  const Row rows[] = {
      {"", 10, LongWord::keep, {""}},
      {"   ", 10, LongWord::keep, {""}},
      {"one two", 10, LongWord::keep, {"one two"}},
      {"one two", 7, LongWord::keep, {"one two"}},
      {"one two", 6, LongWord::keep, {"one", "two"}},
      {"one  \t two", 10, LongWord::keep, {"one two"}},
      {"abcdefgh ij", 4, LongWord::keep, {"abcdefgh", "ij"}},
      {"abcdefgh ij", 4, LongWord::split, {"abcd", "efgh", "ij"}},
      {"深層学習の電力", 6, LongWord::keep, {"深層学", "習の電", "力"}},
      {"ab深層", 4, LongWord::keep, {"ab深", "層"}},
      {"深 a", 3, LongWord::keep, {"深", "a"}},
      // A combining mark stays with its letter.
      {"ae\u0301bc", 2, LongWord::split, {"ae\u0301", "bc"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.line);
    CAPTURE(row.width);
    CHECK(wrap_line(row.line, row.width, row.long_word) == row.lines);
  }
}

TEST_CASE("a mail's body keeps its tables, quotations, links and checksums") {
  const std::string link = "https://example.org/" + std::string(90, 'x');
  const std::string sum(64, 'a');
  struct Row {
    std::string text, wrapped;
  };
  const Row rows[] = {
      {"", ""},
      {"\n\n", ""},
      {"short", "short\n"},
      {"blanks  \t\n", "blanks\n"},
      {"a\n\n\n\nb\n\n\n", "a\n\nb\n"},
      {"one two three four", "one two\nthree four\n"},
      {"  one two three four", "  one two three four\n"},
      {"> one two three four", "> one two\n> three\n> four\n"},
      {">", ">\n"},
      {"see " + link + " now", "see\n" + link + "\nnow\n"},
      {"sum " + sum, "sum\n" + sum + "\n"},
      {"a\r\nb\r\n", "a\nb\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(wrap_mail(row.text, 10) == row.wrapped);
  }
}

TEST_CASE("wrapping loses no character but blanks") {
  const std::string text =
      "Die Fragen, 深層学習の電力 and \u00e9toiles, go to the panels; x" + std::string(200, 'y');
  for (std::size_t width = 2; width < 90; ++width) {
    std::string joined;
    for (const std::string& line : wrap_line(text, width, LongWord::split)) {
      CHECK(columns(line) <= width);
      joined += line;
    }
    std::string expected = text;
    std::erase(expected, ' ');
    std::erase(joined, ' ');
    CHECK(joined == expected);
  }
}

}  // namespace papertray
