#include "inspect/plain_text.h"

#include <algorithm>

#include "core/printable.h"

namespace papertray {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view no_break_space = "\xC2\xA0";

}  // namespace

std::string clean_text(std::string_view utf8) {
  if (utf8.starts_with(byte_order_mark)) utf8.remove_prefix(byte_order_mark.size());
  std::string out;
  out.reserve(utf8.size());
  const bool nul = utf8.find('\0') != std::string_view::npos;
  for (;;) {
    const auto line = std::min(utf8.find('\r'), utf8.size());
    out += utf8.substr(0, line);
    if (line == utf8.size()) break;
    if (line + 1 == utf8.size() || utf8[line + 1] != '\n') out += '\n';
    utf8.remove_prefix(line + 1);
  }
  if (nul) std::erase(out, '\0');
  return out;
}

bool cut_utf8(std::string& text, std::size_t most) {
  if (text.size() <= most) return false;
  while (most > 0 && (text[most] & 0xC0) == 0x80)
    --most;
  text.resize(most);
  return true;
}

std::string line_value(std::string_view bytes, std::size_t most) {
  const bool ascii = std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= ' '; });
  std::string out = ascii ? std::string(bytes) : valid_utf8(bytes);
  if (!ascii) {
    std::erase(out, '\0');
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c == '\r' || c == '\n'; }, ' ');
  }
  cut_utf8(out, most);
  return out;
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

bool same_ascii(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n\v\f";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool is_blank_text(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with(no_break_space))
      ++i;
    else if (std::string_view(" \t\r\n\v\f").find(text[i]) == std::string_view::npos)
      return false;
  }
  return true;
}

}  // namespace papertray
