// How many questions a text asks.
#include <algorithm>
#include <cstdint>

#include "core/ascii.h"
#include "core/reply_lines.h"
#include "core/reply_text.h"

namespace papertray {
namespace {

// Full-width, Arabic, Armenian, Ethiopic, Vai; the Greek one is a semicolon and tells nothing.
constexpr std::string_view other_marks[] = {"？", "؟", "՞", "፧", "⁇", "⁈", "﹖"};

// "?" at the end of a word: not within an address, nor in front of an argument.
int marks_in(std::string_view line) {
  int marks = 0;
  bool before = false;  // "??" and "?!?" ask once
  for (std::size_t i = 0; i < line.size(); ++i) {
    std::size_t size = 0;
    if (line[i] == '?') {
      const char next = i + 1 < line.size() ? line[i + 1] : ' ';
      const bool within = ascii::is_alpha(next) || ascii::is_digit(next) || next == '=' || next == '&' ||
                          next == '/' || next == '%' || next == '_';
      if (!within) size = 1;
    } else {
      for (const std::string_view mark : other_marks)
        if (line.substr(i).starts_with(mark)) size = mark.size();
    }
    if (size > 0) {
      marks += before ? 0 : 1;
      before = true;
      i += size - 1;
    } else if (line[i] != '!') {
      before = false;
    }
  }
  return marks;
}

// The number of "2." "2)" "(2)" "Q2:" "Question 2:" at a line's beginning; 0 for none.
int number_at_start(std::string_view line) {
  constexpr std::size_t most_digits = 2;
  line = ascii::trimmed(line.substr(0, std::min<std::size_t>(line.size(), 32)));
  const bool bracket = line.starts_with('(');
  if (bracket) line.remove_prefix(1);
  for (const std::string_view word : {"question", "q"})
    if (ascii::starts_with(line, word)) {
      line.remove_prefix(word.size());
      break;
    }
  while (line.starts_with(' ') || line.starts_with('#'))
    line.remove_prefix(1);
  std::size_t digits = 0;
  while (digits < line.size() && ascii::is_digit(line[digits]))
    ++digits;
  if (digits == 0 || digits > most_digits || digits == line.size()) return 0;
  const char after = line[digits];
  const bool ends = after == ')' || (!bracket && (after == '.' || after == ':'));
  if (!ends || (digits + 1 < line.size() && line[digits + 1] != ' ')) return 0;
  return *ascii::number(line.substr(0, digits), most_digits);
}

}  // namespace

int count_questions(std::string_view said) {
  int marks = 0;
  int numbered = 0;  // as far as they count 1, 2, 3
  bool words = false;
  const ReplyLines lines(said);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines.blank(i) || lines.quote(i)) continue;
    words = true;
    marks += marks_in(lines[i].text);
    if (number_at_start(lines[i].text) == numbered + 1) ++numbered;
  }
  if (!words) return 0;
  constexpr int least_numbered = 2;  // one alone is no list
  return std::max({1, marks, numbered >= least_numbered ? numbered : 0});
}

}  // namespace papertray
