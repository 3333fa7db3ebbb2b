#include "report/wrap.h"

#include "core/printable.h"

namespace papertray {
namespace {

// The bytes of the UTF-8 character that `text` begins with; 1 for a byte that is none.
std::size_t character_size(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t size = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  return std::min(size, text.size());
}

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// A piece that is not broken: a word, or one wide character with the marks that belong to it.
struct Piece {
  std::string_view text;
  std::size_t width = 0;
  bool after_blank = false;
};

// The next piece of `rest`, which is shortened by it. At most `limit` columns are taken; 0: no limit.
Piece next_piece(std::string_view& rest, std::size_t limit) {
  Piece piece;
  while (!rest.empty() && is_blank(rest.front())) {
    piece.after_blank = true;
    rest.remove_prefix(1);
  }
  std::size_t bytes = 0;
  bool wide = false;
  while (bytes < rest.size() && !is_blank(rest[bytes])) {
    const std::string_view character = rest.substr(bytes, character_size(rest.substr(bytes)));
    const std::size_t width = columns(character);
    const bool mark = width == 0;
    if (bytes > 0 && !mark && (wide || width == 2)) break;
    if (bytes > 0 && !mark && limit > 0 && piece.width + width > limit) break;
    wide = width == 2;
    piece.width += width;
    bytes += character.size();
  }
  piece.text = rest.substr(0, bytes);
  rest.remove_prefix(bytes);
  return piece;
}

void drop_blanks_at_end(std::string_view& line) {
  while (!line.empty() && (is_blank(line.back()) || line.back() == '\r'))
    line.remove_suffix(1);
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

void append_wrapped(std::string& out, std::string_view line, std::size_t width) {
  if (line.empty() || is_blank(line.front()) || columns(line) <= width) {
    out += line;
    out += '\n';
    return;
  }
  std::string_view prefix;
  if (line.front() == '>') {
    prefix = "> ";
    while (!line.empty() && (line.front() == '>' || is_blank(line.front())))
      line.remove_prefix(1);
  }
  for (const std::string& part : wrap_line(line, width - prefix.size(), LongWord::keep)) {
    out += prefix;
    out += part;
    out += '\n';
  }
}

}  // namespace

std::vector<std::string> wrap_line(std::string_view line, std::size_t width, LongWord long_word) {
  if (width == 0) width = 1;
  std::vector<std::string> lines;
  std::string current;
  std::size_t used = 0;
  while (!line.empty()) {
    const Piece piece = next_piece(line, long_word == LongWord::split ? width : 0);
    if (piece.text.empty()) break;  // only blanks were left
    const std::size_t gap = piece.after_blank && !current.empty() ? 1 : 0;
    if (!current.empty() && used + gap + piece.width > width) {
      lines.push_back(std::move(current));
      current.clear();
      used = 0;
    } else if (gap > 0) {
      current += ' ';
      ++used;
    }
    current += piece.text;
    used += piece.width;
  }
  if (!current.empty() || lines.empty()) lines.push_back(std::move(current));
  return lines;
}

std::string wrap_mail(std::string_view text, std::size_t width) {
  std::string out;
  bool empty_before = true;  // none at the top
  while (!text.empty()) {
    std::string_view line = take_line(text);
    drop_blanks_at_end(line);
    if (line.empty()) {
      if (!empty_before) out += '\n';
      empty_before = true;
      continue;
    }
    append_wrapped(out, line, width);
    empty_before = false;
  }
  while (out.size() > 1 && out.ends_with("\n\n"))
    out.pop_back();
  return out;
}

}  // namespace papertray
