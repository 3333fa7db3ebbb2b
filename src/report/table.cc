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

std::size_t width_of(std::string_view text) {
  return plain_ascii(text) ? text.size() : papertray::columns(text);
}

std::size_t total(const std::vector<std::size_t>& widths) {
  std::size_t sum = 0;
  for (const std::size_t width : widths)
    if (width != left_out) sum += width + gap;
  return sum > 0 ? sum - gap : 0;
}

}  // namespace

Table::Stored Table::cut(const Stored& cell, std::size_t width) {
  Stored shorter{.text = cut_to(cell.text, width), .width = 0, .tone = cell.tone};
  shorter.width = papertray::columns(shorter.text);
  return shorter;
}

Table::Table(std::vector<Column> columns, bool with_head)
    : columns_(std::move(columns)), with_head_(with_head) {
  for (const Column& column : columns_)
    natural_.push_back(with_head_ ? papertray::columns(column.head) : 0);
}

void Table::add(std::initializer_list<Cell> row) {
  std::size_t i = 0;
  for (const Cell& cell : row) {
    Stored stored{.text = plain_ascii(cell.text) ? std::string(cell.text) : one_line(cell.text),
                  .width = 0,
                  .tone = cell.tone};
    stored.width = width_of(stored.text);
    if (stored.width > longest_cell) stored = cut(stored, longest_cell);
    natural_[i] = std::max(natural_[i], stored.width);
    cells_.push_back(std::move(stored));
    ++i;
  }
}

// The width of each column: as it is when all fit, else the cuttable ones give way, the widest first;
// when even their least is too much, the column of the highest rank goes, and so on.
std::vector<std::size_t> Table::fitted(std::size_t width) const {
  std::vector<std::size_t> widths = natural_;
  std::vector<std::size_t> least = natural_;
  for (std::size_t i = 0; i < least.size(); ++i)
    if (columns_[i].least > 0) least[i] = std::min(least[i], columns_[i].least);

  while (total(least) > width) {
    std::size_t out = left_out;
    for (std::size_t i = 0; i < least.size(); ++i)
      if (least[i] != left_out && columns_[i].rank > 0 &&
          (out == left_out || columns_[i].rank > columns_[out].rank))
        out = i;
    if (out == left_out) break;
    least[out] = widths[out] = left_out;
  }
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
  std::size_t owed = 0;  // blanks before the next cell: none stay at the line's end

  const auto put = [&](const Stored& cell, std::size_t column) {
    const std::size_t width = widths[column];
    if (width == left_out) return;
    if (cell.width > width) {
      put_cell(out, cut(cell, width), width, column, owed, look.colour);
    } else {
      put_cell(out, cell, width, column, owed, look.colour);
    }
  };
  if (with_head_) {
    owed = indent;
    for (std::size_t i = 0; i < columns_.size(); ++i)
      put({columns_[i].head, width_of(columns_[i].head), Tone::strong}, i);
    out += '\n';
  }
  for (std::size_t row = 0; row < cells_.size(); row += columns_.size()) {
    owed = indent;
    for (std::size_t i = 0; i < columns_.size(); ++i)
      put(cells_[row + i], i);
    out += '\n';
  }
  return out;
}

void Table::put_cell(std::string& out, const Stored& cell, std::size_t width, std::size_t column,
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
