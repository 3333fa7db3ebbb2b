#include "report/table.h"

#include <algorithm>
#include <utility>

#include "core/printable.h"
#include "report/plain.h"

namespace papertray {
namespace {

constexpr std::size_t gap = 2;              // blanks between columns
constexpr std::size_t left_out = SIZE_MAX;  // the width of a column that is not shown
constexpr std::size_t longest_cell =
    400;  // no terminal shows more; a stranger's subject may have megabytes
constexpr std::size_t rows_of_first = 64;
constexpr std::size_t rows_per_block = 2048;

std::size_t total(const std::vector<std::size_t>& widths) {
  std::size_t sum = 0;
  for (const std::size_t width : widths)
    if (width != left_out) sum += width + gap;
  return sum > 0 ? sum - gap : 0;
}

}  // namespace

Table::Table(std::vector<Column> columns, bool with_head)
    : columns_(std::move(columns)), out_(columns_.size()), with_head_(with_head) {
  for (const Column& column : columns_)
    natural_.push_back(with_head_ ? papertray::columns(column.head) : 0);
}

Table::Table(std::vector<Column> columns, const Look& look) : Table(std::move(columns)) {
  room_ = static_cast<std::size_t>(std::max(look.width, 1));
}

// Cells only get wider, and with them what must be left out: a column that does not fit now never will.
void Table::new_block() {
  if (room_ != SIZE_MAX) {
    std::vector<std::size_t> least = least_widths();
    drop_columns(least, room_);
    for (std::size_t i = 0; i < least.size(); ++i)
      out_[i] = least[i] == left_out;
  }
  Block& block = blocks_.emplace_back();
  block.out = out_;
  const auto kept = static_cast<std::size_t>(std::count(out_.begin(), out_.end(), false));
  if (blocks_.size() > 1) {
    block.cells.reserve(rows_per_block * kept);
    block.texts.reserve(blocks_[blocks_.size() - 2].texts.size() * 9 / 8);
  }
  rows_in_block_ = 0;
}

void Table::add(std::initializer_list<Cell> row) {
  // The first one is small, so that what needs not be kept is soon known.
  if (blocks_.empty() || rows_in_block_ == (blocks_.size() == 1 ? rows_of_first : rows_per_block))
    new_block();
  ++rows_in_block_;
  Block& block = blocks_.back();
  std::size_t i = 0;
  for (const Cell& cell : row) {
    if (out_[i]) {
      ++i;
      continue;
    }
    std::string made;
    std::string_view text = cell.text;
    std::size_t width = text.size();
    if (!plain_ascii(text)) {
      text = made = one_line(text);
      width = papertray::columns(text);
    }
    if (width > longest_cell) {
      text = made = cut_to(text, longest_cell);
      width = papertray::columns(text);
    }
    natural_[i] = std::max(natural_[i], width);
    block.cells.push_back(
        {static_cast<std::uint32_t>(text.size()), static_cast<std::uint16_t>(width), cell.tone});
    block.texts += text;
    ++i;
  }
}

std::vector<std::size_t> Table::least_widths() const {
  std::vector<std::size_t> least = natural_;
  for (std::size_t i = 0; i < least.size(); ++i)
    if (columns_[i].least > 0) least[i] = std::min(least[i], columns_[i].least);
  return least;
}

// Leaves out columns, the highest rank first, until the least widths fit.
void Table::drop_columns(std::vector<std::size_t>& least, std::size_t width) const {
  while (total(least) > width) {
    std::size_t out = left_out;
    for (std::size_t i = 0; i < least.size(); ++i)
      if (least[i] != left_out && columns_[i].rank > 0 &&
          (out == left_out || columns_[i].rank > columns_[out].rank))
        out = i;
    if (out == left_out) break;
    least[out] = left_out;
  }
}

// The width of each column: as it is when all fit, else the cuttable ones give way, the widest first;
// when even their least is too much, the column of the highest rank goes, and so on.
std::vector<std::size_t> Table::fitted(std::size_t width) const {
  std::vector<std::size_t> widths = natural_;
  std::vector<std::size_t> least = least_widths();
  drop_columns(least, width);
  for (std::size_t i = 0; i < least.size(); ++i)
    if (least[i] == left_out) widths[i] = left_out;
  while (total(widths) > width) {
    std::size_t widest = left_out;
    for (std::size_t i = 0; i < widths.size(); ++i)
      if (widths[i] != left_out && widths[i] > least[i] &&
          (widest == left_out || widths[i] > widths[widest]))
        widest = i;
    if (widest == left_out) break;
    --widths[widest];
  }
  // A terminal narrower than what is never left out: the last of those columns give way.
  for (std::size_t i = widths.size(); i-- > 0 && total(widths) > width;)
    if (widths[i] != left_out) {
      widths[i] -= std::min(widths[i], total(widths) - width);
      if (widths[i] == 0) widths[i] = left_out;
    }
  return widths;
}

std::string Table::text(const Look& look, std::size_t indent) const {
  const auto room = static_cast<std::size_t>(std::max(look.width, 1));
  const std::vector<std::size_t> widths = fitted(room > indent ? room - indent : 1);
  std::string out;
  put_head(out, widths, look, indent);
  for (const Block& block : blocks_)
    put_rows(out, block, widths, look, indent);
  return out;
}

void Table::write(const Look& look, const std::function<void(std::string_view)>& to) const {
  const std::vector<std::size_t> widths = fitted(static_cast<std::size_t>(std::max(look.width, 1)));
  std::string out;  // one for all: it keeps its room
  put_head(out, widths, look, 0);
  for (const Block& block : blocks_) {
    put_rows(out, block, widths, look, 0);
    to(out);
    out.clear();
  }
  if (blocks_.empty()) to(out);
}

void Table::put_head(std::string& out, const std::vector<std::size_t>& widths, const Look& look,
                     std::size_t indent) const {
  if (!with_head_) return;
  std::size_t owed = indent;
  for (std::size_t i = 0; i < columns_.size(); ++i)
    put(out, {columns_[i].head, papertray::columns(columns_[i].head), Tone::strong}, i, widths[i], owed,
        look.colour);
  out += '\n';
}

void Table::put_rows(std::string& out, const Block& block, const std::vector<std::size_t>& widths,
                     const Look& look, std::size_t indent) const {
  const char* text = block.texts.data();
  for (auto cell = block.cells.begin(); cell != block.cells.end();) {
    std::size_t owed = indent;  // blanks before the next cell: none stay at the line's end
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (block.out[i]) continue;
      put(out, {{text, cell->size}, cell->width, cell->tone}, i, widths[i], owed, look.colour);
      text += cell->size;
      ++cell;
    }
    out += '\n';
  }
}

void Table::put(std::string& out, const Shown& cell, std::size_t column, std::size_t width,
                std::size_t& owed, bool colour) const {
  if (width == left_out) return;
  if (cell.width <= width) return put_cell(out, cell, width, column, owed, colour);
  if (cell.width == cell.text.size() && !colour && width > 0) {  // ASCII: where to cut is known
    put_cell(out, {cell.text.substr(0, width - 1), width, cell.tone}, width, column, owed, false);
    out += "…";
    return;
  }
  const std::string shorter = cut_to(cell.text, width);
  put_cell(out, {shorter, papertray::columns(shorter), cell.tone}, width, column, owed, colour);
}

void Table::put_cell(std::string& out, const Shown& cell, std::size_t width, std::size_t column,
                     std::size_t& owed, bool colour) const {
  const std::size_t pad = width - cell.width;
  const bool to_the_right = columns_[column].to_the_right;
  if (to_the_right) owed += pad;
  if (cell.width > 0) {
    out.append(owed, ' ');
    owed = 0;
    if (colour)
      out += painted(cell.text, cell.tone, colour);
    else
      out += cell.text;
  }
  owed += gap + (to_the_right ? 0 : pad);
}

}  // namespace papertray
