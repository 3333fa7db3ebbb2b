// Rows in columns that fit the width: cells of the columns that may be cut are cut, then whole columns
// are left out, the least important first. Cells are made harmless here (one_line), so that nothing a
// stranger wrote reaches the terminal by way of a table.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "report/look.h"

namespace papertray {

struct Column {
  std::string head;
  int rank = 0;           // 0 is never left out; the highest goes first
  std::size_t least = 0;  // may be cut down to so many columns; 0: never cut
  bool to_the_right = false;
};

// A view: it lives as long as the call of Table::add that it is made for.
struct Cell {
  Cell(std::string_view words, Tone how = Tone::plain) : text(words), tone(how) {}
  Cell(const std::string& words) : text(words) {}
  Cell(const char* words) : text(words) {}

  std::string_view text;
  Tone tone = Tone::plain;
};

class Table {
 public:
  explicit Table(std::vector<Column> columns, bool with_head = true);

  // As many cells as there are columns.
  void add(std::initializer_list<Cell> row);

  // Lines of at most look.width columns, each ended by LF and indented by `indent` blanks.
  std::string text(const Look& look, std::size_t indent = 0) const;

 private:
  struct Stored {
    std::string text;
    std::size_t width;
    Tone tone;
  };
  static Stored cut(const Stored& cell, std::size_t width);
  std::vector<std::size_t> fitted(std::size_t width) const;
  // `owed` blanks stand between what is there and the cell; it becomes what is owed after it.
  void put_cell(std::string& out, const Stored& cell, std::size_t width, std::size_t column,
                std::size_t& owed, bool colour) const;

  std::vector<Column> columns_;
  std::vector<Stored> cells_;         // row by row
  std::vector<std::size_t> natural_;  // the widest cell of each column
  bool with_head_;
};

}  // namespace papertray
