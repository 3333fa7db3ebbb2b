#include "report/table.h"

#include <doctest/doctest.h>

#include "core/printable.h"
#include "report/look.h"
#include "report/plain.h"

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

TEST_CASE("a long list told its width beforehand, and written in pieces, reads the same") {
  const std::vector<Column> columns = {{"id", 0}, {"name", 0, 5}, {"mail", 2, 6}, {"n", 1, 0, true}};
  for (const int width : {1, 12, 20, 24, 30, 45, 80}) {
    for (const bool colour : {false, true}) {
      CAPTURE(width);
      const Look look{.width = width, .colour = colour};
      Table kept(columns);
      Table told(columns, look);
      for (int i = 0; i < 5000; ++i) {  // wider and wider: columns that fit at first do not at last
        const std::string id = "P-" + std::to_string(i);
        const std::string name(static_cast<std::size_t>(i % 7 + i / 500), i % 3 == 0 ? 'a' : 'b');
        const std::string mail = i % 11 == 0 ? "h\xc3\xa9@example.jp" : name + "@example.org";
        for (Table* table : {&kept, &told})
          table->add({id, name, Cell(mail, Tone::bad), std::to_string(i)});
      }
      std::string pieces;
      int count = 0;
      told.write(look, [&](std::string_view piece) {
        pieces += piece;
        ++count;
      });
      CHECK(pieces == kept.text(look));
      CHECK(count > 2);
      CHECK(told.shows(0));
      CHECK(told.shows(2) == (width >= 30));
    }
  }
}

TEST_CASE("plain ASCII is told by every byte at every place") {
  for (std::size_t size = 0; size <= 20; ++size) {
    CHECK(plain_ascii(std::string(size, '~')));
    for (std::size_t at = 0; at < size; ++at)
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(size, ' ');
        text[at] = static_cast<char>(byte);
        if (plain_ascii(text) != (byte >= 0x20 && byte < 0x7f))
          FAIL_CHECK(size << ' ' << at << ' ' << byte);
      }
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
