#include "report/table.h"

#include <doctest/doctest.h>

#include "core/printable.h"
#include "report/look.h"

namespace papertray {
namespace {

Table people() {
  Table table({{"id", 0}, {"name", 0, 5}, {"mail", 2, 6}, {"n", 1, 0, true}});
  table.add({"P-1", "Ada Lovelace", "ada@example.org", "7"});
  table.add({"P-10", "山田花子", Cell("h@example.jp", Tone::bad), "12"});
  return table;
}

}  // namespace

TEST_CASE("columns give way as the width shrinks: cut first, then left out by rank") {
  struct Row {
    int width;
    const char* text;
  };
  const Row rows[] = {
      {80,
       "id    name          mail              n\n"
       "P-1   Ada Lovelace  ada@example.org   7\n"
       "P-10  山田花子      h@example.jp     12\n"},
      {30,
       "id    name       mail        n\n"
       "P-1   Ada Love…  ada@exam…   7\n"
       "P-10  山田花子   h@exampl…  12\n"},
      {20,
       "id    name         n\n"
       "P-1   Ada Lovel…   7\n"
       "P-10  山田花子    12\n"},
      {11,
       "id    name\n"
       "P-1   Ada …\n"
       "P-10  山田…\n"},
      {3, "id\nP-1\nP-…\n"},
      {1, "…\n…\n…\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.width);
    CHECK(people().text({.width = row.width}) == row.text);
  }
}

TEST_CASE("no line is wider than the terminal, indented or not, coloured or not") {
  for (int width = 1; width <= 80; ++width)
    for (std::size_t indent : {0, 2})
      for (const std::string& text : {people().text({.width = width}, indent)})
        for (std::size_t begin = 0; begin < text.size();) {
          const std::size_t end = text.find('\n', begin);
          CAPTURE(width);
          if (width > 2)
            CHECK(columns(text.substr(begin, end - begin)) <= static_cast<std::size_t>(width));
          begin = end + 1;
        }
}

TEST_CASE("colour surrounds the words and changes no width") {
  const std::string text = people().text({.width = 80, .colour = true});
  CHECK(text.find("\x1b[31mh@example.jp\x1b[0m     12\n") != std::string::npos);
  CHECK(text.starts_with("\x1b[1mid\x1b[0m    \x1b[1mname\x1b[0m"));
}

TEST_CASE("the width: COLUMNS, else the terminal's, else 100, within bounds") {
  struct Row {
    std::optional<int> terminal;
    const char* columns;
    int width;
  };
  const Row rows[] = {{{}, "", 100},
                      {80, "", 80},
                      {80, "120", 120},
                      {{}, "60", 60},
                      {80, "wide", 80},
                      {80, "12x", 80},
                      {80, "-5", 80},
                      {80, "0", 80},
                      {{}, "5", 20},
                      {0, "", 100},
                      {{}, "99999", 1000},
                      {{}, " 60", 100},
                      {{}, "99999999999999", 100}};
  for (const Row& row : rows) {
    CAPTURE(row.columns);
    CHECK(choose_width(row.terminal, row.columns) == row.width);
  }
}

}  // namespace papertray
