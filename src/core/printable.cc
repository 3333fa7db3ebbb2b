#include "core/printable.h"

#include <algorithm>

#include <fmt/format.h>
#include <utf8proc.h>

#include "core/ascii.h"

namespace papertray {
namespace {

constexpr utf8proc_int32_t replacement = 0xFFFD;
constexpr std::string_view replacement_utf8 = "\xEF\xBF\xBD";

struct Character {
  utf8proc_int32_t code = replacement;
  std::string_view bytes;  // as they stand in the text
  bool valid = false;
};

// The next character of a text that is not empty; a byte that is no UTF-8 stands alone.
Character next_character(std::string_view text) {
  utf8proc_int32_t code = -1;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  const auto size = utf8proc_iterate(
      bytes, static_cast<utf8proc_ssize_t>(std::min<std::size_t>(text.size(), 4)), &code);
  if (size < 1 || code < 0) return {replacement, text.substr(0, 1), false};
  return {code, text.substr(0, static_cast<std::size_t>(size)), true};
}

// How many bytes at the beginning are visible ASCII and blanks: nearly all that is ever shown.
std::size_t plain_beginning(std::string_view text) {
  const auto end = std::find_if(text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; });
  return static_cast<std::size_t>(end - text.begin());
}

// Every format character (Unicode's Cf) goes: among them are the direction overrides (U+202A to
// U+202E, U+2066 to U+2069), the zero-width ones, soft hyphen, BOM and tag characters.
std::string printable(std::string_view text, bool keep_lines) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    if (const std::size_t plain = plain_beginning(text); plain > 0) {
      out += text.substr(0, plain);
      text.remove_prefix(plain);
      continue;
    }
    const Character c = next_character(text);
    text.remove_prefix(c.bytes.size());
    if (!c.valid) {
      out += replacement_utf8;
      continue;
    }
    if (c.code == '\r' && !text.empty() && text.front() == '\n') continue;
    if (keep_lines && (c.code == '\n' || c.code == '\t')) {
      out += c.bytes;
      continue;
    }
    const bool breaks_line = (c.code >= '\t' && c.code <= '\r') || c.code == 0x85;
    switch (utf8proc_category(c.code)) {
      case UTF8PROC_CATEGORY_CC:
        out += breaks_line ? " " : fmt::format("\\x{:02x}", c.code);
        break;
      case UTF8PROC_CATEGORY_CF:
        out += c.code > 0xFFFF ? fmt::format("\\U{:08x}", c.code) : fmt::format("\\u{:04x}", c.code);
        break;
      case UTF8PROC_CATEGORY_ZL:
      case UTF8PROC_CATEGORY_ZP:
        out += ' ';
        break;
      default:
        out += c.bytes;
    }
  }
  return out;
}

std::size_t width_of(const Character& c) {
  return static_cast<std::size_t>(std::max(0, utf8proc_charwidth(c.code)));
}

}  // namespace

std::string one_line(std::string_view text) {
  return printable(text, false);
}

std::string many_lines(std::string_view text) {
  return printable(text, true);
}

std::size_t columns(std::string_view utf8) {
  std::size_t width = 0;
  while (!utf8.empty()) {
    const Character c = next_character(utf8);
    utf8.remove_prefix(c.bytes.size());
    width += width_of(c);
  }
  return width;
}

std::string cut_to(std::string_view utf8, std::size_t width) {
  if (utf8.size() <= width && plain_beginning(utf8) == utf8.size()) return std::string(utf8);
  std::size_t used = 0;
  std::size_t fits = 0;  // bytes that leave room for the mark
  std::string_view left = utf8;
  while (!left.empty()) {
    const Character c = next_character(left);
    left.remove_prefix(c.bytes.size());
    used += width_of(c);
    if (used > width) return width == 0 ? "" : std::string(utf8.substr(0, fits)) + "…";
    if (used < width) fits = utf8.size() - left.size();
  }
  return std::string(utf8);
}

std::string valid_utf8(std::string_view bytes) {
  if (ascii::all(bytes)) return std::string(bytes);
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const Character c = next_character(bytes);
    bytes.remove_prefix(c.bytes.size());
    out += c.valid ? c.bytes : replacement_utf8;
  }
  return out;
}

}  // namespace papertray
