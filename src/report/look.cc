#include "report/look.h"

#include <algorithm>
#include <charconv>

namespace papertray {
namespace {

constexpr int default_width = 100;
constexpr int least_width = 20;   // below it no table can be read anyway
constexpr int most_width = 1000;  // a mistyped $COLUMNS must not make megabytes of blanks

std::string_view colour_of(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return "";
    case Tone::strong:
      return "1";
    case Tone::good:
      return "32";
    case Tone::warn:
      return "33";
    case Tone::bad:
      return "31";
    case Tone::dim:
      return "2";
  }
  return "";
}

}  // namespace

int choose_width(std::optional<int> terminal, std::string_view columns_variable) {
  int width = 0;
  const char* end = columns_variable.data() + columns_variable.size();
  const auto read = std::from_chars(columns_variable.data(), end, width);
  if (read.ec != std::errc() || read.ptr != end || width <= 0) width = terminal.value_or(0);
  if (width <= 0) width = default_width;
  return std::clamp(width, least_width, most_width);
}

std::string painted(std::string_view text, Tone tone, bool colour) {
  if (!colour || tone == Tone::plain || text.empty()) return std::string(text);
  std::string out = "\x1b[";
  out += colour_of(tone);
  out += 'm';
  out += text;
  out += "\x1b[0m";
  return out;
}

}  // namespace papertray
