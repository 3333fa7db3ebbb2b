#include "smtp/body_text.h"

#include <algorithm>

#include "core/printable.h"

namespace papertray {
namespace {

constexpr std::size_t max_columns = 76;  // RFC 2045 section 6.7 (5)

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// "From " becomes ">From " in an mbox; a lone dot ends DATA for a server that miscounts.
bool is_special_start(std::string_view line) {
  return line.starts_with("From ") || line.starts_with('.');
}

// Calls `each` with every line, without its LF.
void for_lines(std::string_view lines, auto each) {
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    each(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
}

void append_encoded(std::string& out, char c) {
  static constexpr char hex[] = "0123456789ABCDEF";
  const auto octet = static_cast<unsigned char>(c);
  out += {'=', hex[octet >> 4], hex[octet & 15]};
}

void append_line(std::string& out, std::string_view line) {
  std::size_t column = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    const bool blank = is_blank(c) && at + 1 < line.size();  // at a line's end somebody trims it
    const bool plain = blank || (c > ' ' && c < '\x7f' && c != '=');
    if (column + (plain ? 1 : 3) > max_columns - 1) {
      out += "=\r\n";
      column = 0;
    }
    // A soft break starts a line that others see, too.
    const bool special = column == 0 && is_special_start(line.substr(at));
    if (plain && !special) {
      out += c;
      column += 1;
    } else {
      append_encoded(out, c);
      column += 3;
    }
  }
  out += "\r\n";
}

}  // namespace

std::string text_lines(std::string_view text) {
  const std::string valid = valid_utf8(text);
  std::string lines;
  lines.reserve(valid.size() + 1);
  for (std::size_t at = 0; at < valid.size(); ++at)
    if (valid[at] != '\r' || at + 1 == valid.size() || valid[at + 1] != '\n') lines += valid[at];
  if (!lines.empty() && lines.back() != '\n') lines += '\n';
  return lines;
}

bool goes_7bit(std::string_view lines) {
  bool plain = true;
  for_lines(lines, [&](std::string_view line) {
    plain = plain && line.size() <= max_columns && !is_special_start(line) &&
            (line.empty() || !is_blank(line.back())) &&
            std::all_of(line.begin(), line.end(),
                        [](char c) { return c == '\t' || (c >= ' ' && c < '\x7f'); });
  });
  return plain;
}

std::string with_crlf(std::string_view lines) {
  std::string out;
  for_lines(lines, [&](std::string_view line) { out.append(line).append("\r\n"); });
  return out;
}

std::string quoted_printable(std::string_view lines) {
  std::string out;
  for_lines(lines, [&](std::string_view line) { append_line(out, line); });
  return out;
}

}  // namespace papertray
