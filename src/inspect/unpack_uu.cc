// uuencode, as mail programs without MIME put files into a text (IEEE Std 1003.1, uuencode).
#include <algorithm>

#include <gmime/gmime.h>

#include "inspect/caps.h"
#include "inspect/unpack.h"

namespace papertray {
namespace {

bool is_octal(char c) {
  return c >= '0' && c <= '7';
}

std::string_view line_at(std::string_view text, std::size_t at) {
  std::string_view line = text.substr(at, text.find('\n', at) - at);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// The name of `begin 644 NAME`; "" when this is another line.
std::string_view name_in(std::string_view line) {
  if (!line.starts_with("begin ")) return {};
  line.remove_prefix(6);
  const auto digits =
      static_cast<std::size_t>(std::find_if_not(line.begin(), line.end(), is_octal) - line.begin());
  if (digits < 3 || digits > 4 || digits >= line.size() || line[digits] != ' ') return {};
  return line.substr(digits + 1);
}

// A line of data begins with its length, of which its characters follow: 45 bytes are 61 of them.
// Trailing blanks may have got lost on the way.
bool is_data(std::string_view line) {
  if (line.empty()) return false;
  const char first = line.front();
  if (first < ' ' || first > '`') return false;
  const auto bytes = static_cast<std::size_t>((first - ' ') & 63);
  return line.size() <= 1 + (bytes + 2) / 3 * 4 + 2;
}

struct Block {
  std::size_t begin = 0;  // of the line `begin ...`
  std::size_t data = 0;
  std::size_t data_end = 0;
  std::size_t end = 0;  // behind the line `end`
  std::string_view name;
  bool whole = false;
};

// The next block at or behind `at`. Lines are looked at once: a text of a million `begin` costs no more.
bool find_block(std::string_view text, std::size_t at, Block& block) {
  while (at < text.size()) {
    const std::string_view name = name_in(line_at(text, at));
    const std::size_t next = std::min(text.find('\n', at), text.size() - 1) + 1;
    if (name.empty()) {
      at = next;
      continue;
    }
    std::size_t line = next;
    while (line < text.size() && is_data(line_at(text, line)) && line_at(text, line) != "end")
      line = std::min(text.find('\n', line), text.size() - 1) + 1;
    block = {at, next, line, line, name, false};
    // Some writers put an empty line where ` stands for no bytes.
    if (line < text.size() && line_at(text, line).empty()) line = text.find('\n', line) + 1;
    if (line < text.size() && line_at(text, line) == "end") {
      block.end = std::min(text.find('\n', line), text.size() - 1) + 1;
      block.whole = true;
    }
    if (block.data_end > block.data) return true;
    at = next;
  }
  return false;
}

bool decode(std::string_view data, Unpacked& to) {
  constexpr std::size_t slice = 64 * caps::kib;
  GMimeEncoding state{};
  g_mime_encoding_init_decode(&state, GMIME_CONTENT_ENCODING_UUENCODE);
  state.state |= GMIME_UUDECODE_STATE_BEGIN;
  std::string buffer(g_mime_encoding_outlen(&state, slice), '\0');
  while (!data.empty()) {
    const std::string_view piece = data.substr(0, slice);
    data.remove_prefix(piece.size());
    const std::size_t size = g_mime_encoding_step(&state, piece.data(), piece.size(), buffer.data());
    if (size > 0 && !to.add({buffer.data(), size})) return false;
  }
  return true;
}

}  // namespace

bool holds_uuencoded(std::string_view text) {
  Block block;
  return find_block(text, 0, block);
}

std::string unpack_uuencoded(std::string& text, Unpacked& to) {
  std::string wrong;
  std::string left;
  std::size_t at = 0;
  Block block;
  bool goes_on = true;
  for (std::size_t files = 0; goes_on && find_block(text, at, block); ++files) {
    if (files == caps::unpacked_files) return "has too many files";
    left += std::string_view(text).substr(at, block.begin - at);
    at = block.end;
    goes_on = to.begin(block.name) &&
              decode(std::string_view(text).substr(block.data, block.data_end - block.data), to);
    if (goes_on) to.end();
    if (!block.whole) wrong = "a uuencoded file has no end";
  }
  left += std::string_view(text).substr(at);
  text = std::move(left);
  return wrong;
}

}  // namespace papertray
