#include "core/reply_lines.h"

#include <algorithm>

#include <utf8proc.h>

#include "core/ascii.h"

namespace papertray {
namespace {

// How far a mail program indents the mark of a quote.
constexpr std::size_t most_indent = 3;

bool is_blank(std::string_view line) {
  constexpr std::string_view no_break_space = "\u00A0";
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line.substr(i).starts_with(no_break_space))
      ++i;
    else if (!ascii::is_space(line[i]))
      return false;
  }
  return true;
}

bool is_quote(std::string_view line) {
  const auto mark = line.find_first_not_of(' ');
  if (mark == std::string_view::npos || mark > most_indent || line[mark] != '>') return false;
  return !line.starts_with(">From ");  // written so by mbox files
}

LineKind kind_of(std::string_view line) {
  if (is_blank(line)) return LineKind::blank;
  return is_quote(line) ? LineKind::quote : LineKind::text;
}

// "AK" of "AK> so": quoting with initials, as some editors do. "" for anything else.
std::string_view initials(std::string_view line) {
  constexpr std::size_t most_initials = 4;
  std::size_t i = 0;
  while (i < line.size() && i <= most_initials && ascii::is_alpha(line[i]))
    ++i;
  if (i == 0 || i > most_initials || i >= line.size() || line[i] != '>') return {};
  if (i + 1 < line.size() && line[i + 1] != ' ' && line[i + 1] != '>') return {};
  return line.substr(0, i);
}

// What a character is compared as: itself in lower case, or what people type for it. "" for what is not
// seen.
std::string_view plain_form(utf8proc_int32_t code) {
  switch (code) {
    case 0xA0:
    case 0x2007:
    case 0x202F:
    case 0x3000:
      return " ";
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x2039:
    case 0x203A:
    case 0x05F3:
      return "'";
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0xAB:
    case 0xBB:
    case 0x300C:
    case 0x300D:
    case 0x05F4:
      return "\"";
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2500:
      return "-";
    case 0x2026:
      return "...";
    case 0xFF1A:
      return ":";
    case 0xFF0C:
    case 0x3001:
    case 0x060C:
      return ",";
    case 0x3002:
      return ".";
    case 0xFF08:
      return "(";
    case 0xFF09:
      return ")";
    case 0xFF1C:
      return "<";
    case 0xFF1E:
      return ">";
    case 0xFF20:
      return "@";
    default:
      return {};
  }
}

bool is_space_free(std::string_view text) {
  return !text.empty() && text.back() != ' ' && text.front() != ' ';
}

}  // namespace

std::string fold_line(std::string_view line) {
  std::string out;
  out.reserve(line.size());
  while (!line.empty()) {
    const char c = line.front();
    if (static_cast<unsigned char>(c) < 0x80) {
      out += ascii::is_space(c) ? ' ' : ascii::lower(c);
      line.remove_prefix(1);
      continue;
    }
    utf8proc_int32_t code = -1;
    const auto size =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(line.data()),
                         static_cast<utf8proc_ssize_t>(std::min<std::size_t>(line.size(), 4)), &code);
    if (size < 1 || code < 0) {
      line.remove_prefix(1);
      continue;
    }
    line.remove_prefix(static_cast<std::size_t>(size));
    if (const std::string_view plain = plain_form(code); !plain.empty()) {
      out += plain;
      continue;
    }
    if (utf8proc_category(code) == UTF8PROC_CATEGORY_CF) continue;
    utf8proc_uint8_t bytes[4];
    const auto written = utf8proc_encode_char(utf8proc_tolower(code), bytes);
    out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(written));
  }
  if (is_space_free(out)) return out;
  return std::string(ascii::trimmed(out));
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

ReplyLines::ReplyLines(std::string_view text) : looked_at_(text.size()) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    lines_.push_back({line, kind_of(line)});
  }
  mark_code();
  mark_initials();
  unmark_broken_addresses();
}

// From a line that begins with ``` to the next; without a next one it is no fence.
void ReplyLines::mark_code() {
  const auto fence = [](const ReplyLine& line) { return line.text.starts_with("```"); };
  for (auto first = lines_.begin();;) {
    first = std::find_if(first, lines_.end(), fence);
    if (first == lines_.end()) return;
    const auto last = std::find_if(first + 1, lines_.end(), fence);
    if (last == lines_.end()) return;
    for (; first <= last; ++first)
      first->kind = LineKind::code;
  }
}

// One line alone may be "C> dir": only neighbours with the same initials make a quote.
void ReplyLines::mark_initials() {
  std::string_view before;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (lines_[i].kind != LineKind::text) {
      before = {};
      continue;
    }
    const std::string_view name = initials(lines_[i].text);
    if (!name.empty() && name == before) {
      lines_[i].kind = LineKind::quote;
      lines_[i - 1].kind = LineKind::quote;
    }
    before = name;
  }
}

// An address that was broken before its bracket, "<ada@example.org" and "> wrote:", is no quote.
void ReplyLines::unmark_broken_addresses() {
  for (std::size_t i = 1; i < lines_.size(); ++i) {
    const std::string_view line = lines_[i].text;
    const std::string_view above = lines_[i - 1].text;
    if (!quote(i) || lines_[i - 1].kind != LineKind::text || line.size() > longest_telling) continue;
    if (!ascii::trimmed(line).ends_with(':') || above.size() > longest_telling) continue;
    if (above.find('@') == std::string_view::npos) continue;
    const auto open = above.rfind('<');
    const auto closed = above.rfind('>');
    const bool ends_open =
        open != std::string_view::npos && (closed == std::string_view::npos || closed < open);
    const bool opened_before = i >= 2 && ascii::trimmed(lines_[i - 2].text).ends_with('<');
    if (ends_open || opened_before) lines_[i].kind = LineKind::text;
  }
}

std::string ReplyLines::folded(std::size_t i) const {
  const std::string_view line = lines_[i].text;
  if (line.size() > longest_telling) return {};
  looked_at_ += line.size();
  return fold_line(line);
}

std::size_t ReplyLines::next_written(std::size_t i) const {
  while (i < size() && blank(i))
    ++i;
  return i;
}

}  // namespace papertray
