#include "core/page_text.h"

#include <algorithm>

#include <utf8proc.h>

#include "core/ascii.h"
#include "core/printable.h"

namespace papertray {
namespace {

enum class Sort { letter, mark, blank, line_end, nothing };

bool joins(utf8proc_int32_t code) {
  return code == 0x200C || code == 0x200D;  // ZWNJ, ZWJ
}

bool noncharacter(utf8proc_int32_t code) {
  return (code & 0xFFFE) == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF);
}

Sort sort_of(utf8proc_int32_t code) {
  if (code == '\n') return Sort::line_end;
  if (joins(code)) return Sort::mark;
  if (noncharacter(code)) return Sort::nothing;
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_CC:
      return (code >= '\t' && code <= '\r') || code == 0x85 ? Sort::blank : Sort::nothing;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return Sort::blank;
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
      return Sort::nothing;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
      return Sort::mark;
    default:
      return Sort::letter;
  }
}

std::string cleaned(std::string_view text, bool keep_lines) {
  const std::string valid = valid_utf8(text);
  std::string out;
  out.reserve(valid.size());
  std::size_t marks = 0, line_ends = 0;
  bool blank = false;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(valid.data());
  for (std::size_t at = 0; at < valid.size();) {
    utf8proc_int32_t code = -1;
    const auto size = static_cast<std::size_t>(std::max<utf8proc_ssize_t>(
        1, utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(valid.size() - at), &code)));
    const std::string_view character = std::string_view(valid).substr(at, size);
    at += size;
    const Sort sort = sort_of(code);
    if (sort == Sort::nothing) continue;
    if (sort == Sort::blank || sort == Sort::line_end) {
      if (sort == Sort::line_end && keep_lines) ++line_ends;
      blank = true;
      continue;
    }
    if (sort == Sort::mark) {
      if (++marks > most_marks) continue;
    } else {
      marks = 0;
    }
    if (!out.empty() && line_ends > 0)
      out.append(std::min<std::size_t>(line_ends, 2), '\n');
    else if (!out.empty() && blank)
      out += ' ';
    blank = false;
    line_ends = 0;
    out += character;
  }
  return out;
}

bool ends_local(char c) {
  return std::string_view(" \t\n<>()[],;:\"|").find(c) != std::string_view::npos;
}

bool ends_domain(char c) {
  return ends_local(c) || c == '{' || c == '}' || c == '@' || c == '!' || c == '?' || c == '/';
}

// "example.org", "localhost": its last label is of letters.
bool is_domain(std::string_view text) {
  while (text.ends_with('.'))
    text.remove_suffix(1);
  if (ascii::same(text, "localhost")) return true;
  const std::size_t dot = text.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  const std::string_view top = text.substr(dot + 1);
  return top.size() >= 2 && std::ranges::none_of(top, [](char c) { return c >= '0' && c <= '9'; });
}

// Where the part before `at` begins.
std::size_t begin_of_local(std::string_view text, std::size_t at) {
  if (at > 0 && text[at - 1] == '}') {
    const std::size_t brace = text.rfind('{', at);
    if (brace != std::string_view::npos) return brace;
  }
  if (at > 0 && text[at - 1] == '"') {  // "a b"@example.org
    const std::size_t quote = at > 1 ? text.rfind('"', at - 2) : std::string_view::npos;
    if (quote != std::string_view::npos) return quote;
  }
  std::size_t begin = at;
  while (begin > 0 && !ends_local(text[begin - 1]))
    --begin;
  return begin;
}

void drop_all(std::string& text, std::string_view what) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at))
    text.erase(at, what.size());
}

}  // namespace

std::string page_line(std::string_view text) {
  return cleaned(text, false);
}

std::string page_lines(std::string_view text) {
  return cleaned(text, true);
}

std::string without_addresses(std::string_view given) {
  constexpr std::string_view wide_at = "\uFF20";
  std::string text(given);
  for (std::size_t at = text.find(wide_at); at != std::string::npos; at = text.find(wide_at, at))
    text.replace(at, wide_at.size(), "@");
  bool found = false;
  for (std::size_t at = text.find('@'); at != std::string::npos;) {
    const std::size_t begin = begin_of_local(text, at);
    std::size_t end = at + 1;
    while (end < text.size() && !ends_domain(text[end]))
      ++end;
    if (begin == at || !is_domain(std::string_view(text).substr(at + 1, end - at - 1))) {
      at = text.find('@', at + 1);
      continue;
    }
    while (text[end - 1] == '.')
      --end;  // the sentence's
    text.erase(begin, end - begin);
    found = true;
    at = text.find('@', begin);
  }
  if (!found) return std::string(given);
  for (const std::string_view empty : {"mailto:", "<>", "()", "[]", "{}"})
    drop_all(text, empty);
  return text;
}

std::string file_words(std::string_view text, std::size_t most) {
  std::string out;
  bool hyphen = false;
  for (const char c : text) {
    const char lower = ascii::lower(c);
    if (!((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9'))) {
      hyphen = true;
      continue;
    }
    if (hyphen && !out.empty()) out += '-';
    hyphen = false;
    if (out.size() >= most) break;
    out += lower;
  }
  if (out.size() >= most) {  // whole words, where there are several
    out.resize(most);
    const std::size_t last = out.rfind('-');
    if (last != std::string::npos && last > most / 2) out.resize(last);
  }
  while (out.ends_with('-'))
    out.pop_back();
  return out;
}

}  // namespace papertray
