// Rows in columns that fit the width: cells of the columns that may be cut are cut, then whole columns
// are left out, the least important first. Cells are made harmless here (one_line), so that nothing a
// stranger wrote reaches the terminal by way of a table.
#pragma once

#include <cstdint>
#include <functional>
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
  // For long lists, told where they go beforehand: what is left out for lack of room is not kept.
  Table(std::vector<Column> columns, const Look& look);

  // As many cells as there are columns.
  void add(std::initializer_list<Cell> row);

  // Whether the column may still be shown; when not, what is given for it does not matter.
  bool shows(std::size_t column) const { return !out_[column]; }

  // Lines of at most look.width columns, each ended by LF and indented by `indent` blanks.
  std::string text(const Look& look, std::size_t indent = 0) const;
  // The same in pieces of some thousand lines; each lives during the call.
  void write(const Look& look, const std::function<void(std::string_view)>& to) const;

 private:
  struct Stored {
    std::uint32_t size;   // bytes of the block's texts
    std::uint16_t width;  // columns, at most longest_cell; as many as bytes for ASCII alone
    Tone tone;
  };
  // Some thousand rows: 900,000 strings of their own would cost more than all else, and one long string
  // is copied each time it grows.
  struct Block {
    std::vector<Stored> cells;  // row by row, what is left out is left out
    std::string texts;          // theirs, one after the other
    std::vector<bool> out;      // the columns whose cells are not here
  };
  struct Shown {
    std::string_view text;
    std::size_t width;
    Tone tone;
  };
  void new_block();
  void drop_columns(std::vector<std::size_t>& least, std::size_t width) const;
  std::vector<std::size_t> least_widths() const;
  std::vector<std::size_t> fitted(std::size_t width) const;
  void put_head(std::string& out, const std::vector<std::size_t>& widths, const Look& look,
                std::size_t indent) const;
  void put_rows(std::string& out, const Block& block, const std::vector<std::size_t>& widths,
                const Look& look, std::size_t indent) const;
  void put(std::string& out, const Shown& cell, std::size_t column, std::size_t width, std::size_t& owed,
           bool colour) const;
  // `owed` blanks stand between what is there and the cell; it becomes what is owed after it.
  void put_cell(std::string& out, const Shown& cell, std::size_t width, std::size_t column,
                std::size_t& owed, bool colour) const;

  std::vector<Column> columns_;
  std::vector<Block> blocks_;
  std::size_t rows_in_block_ = 0;     // of the last one
  std::vector<std::size_t> natural_;  // the widest cell of each column
  std::vector<bool> out_;             // columns that will not be shown, whatever comes
  std::size_t room_ = SIZE_MAX;       // columns of the terminal; SIZE_MAX: not told
  bool with_head_;
};

}  // namespace papertray
