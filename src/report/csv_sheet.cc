#include "report/csv_sheet.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/ascii.h"
#include "core/printable.h"
#include "report/plain.h"

namespace papertray {
namespace {

constexpr std::array<std::string_view, 10> formula_starts = {
    "=", "+", "-", "@", "\t", "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};

}  // namespace

Sheet& Sheet::words(std::string_view value) {
  if (plain_ascii(value) && !value.empty() && ascii::is_alpha(value.front())) return put(value);  // most
  std::string cell = plain_ascii(value) ? std::string(value) : many_lines(value);
  // A leading CR has become a blank, and some programs trim blanks before they look.
  const std::string_view seen =
      std::string_view(cell).substr(std::min(cell.find_first_not_of(' '), cell.size()));
  if (std::ranges::any_of(formula_starts,
                          [&](std::string_view start) { return seen.starts_with(start); }))
    cell.insert(cell.begin(), '\'');
  return put(cell);
}

Sheet& Sheet::put(std::string_view cell) {
  if (!first_) text_ += ',';
  first_ = false;
  if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
    text_ += cell;
    return *this;
  }
  text_ += '"';
  for (const char c : cell) {
    if (c == '"') text_ += '"';
    text_ += c;
  }
  text_ += '"';
  return *this;
}

Sheet& Sheet::number(std::int64_t value) {
  return put(fmt::format_int(value).str());
}

}  // namespace papertray
