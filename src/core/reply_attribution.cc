#include "core/reply_attribution.h"

#include "core/ascii.h"
#include "core/reply_evidence.h"

namespace papertray {
namespace {

constexpr std::size_t most_lines = 6;     // over which programs and people break one
constexpr std::size_t most_gap = 4;       // blank lines before the quote
constexpr std::size_t most_words = 12;    // of "Ada Lovelace (by way of the desk) wrote:"
constexpr std::size_t longest_word = 32;  // bytes

bool followed_by_quote(const ReplyLines& lines, std::size_t i) {
  for (std::size_t gap = 0; i < lines.size() && gap <= most_gap; ++i, ++gap)
    if (!lines.blank(i)) return lines.quote(i);
  return false;
}

// Without blanks and the invisible marks that end a line from right to left (U+202C and its like).
std::string_view without_marks(std::string_view line) {
  for (;;) {
    if (line.size() >= 3 &&
        (line.substr(line.size() - 3).starts_with("\xE2\x80") ||
         line.substr(line.size() - 3).starts_with("\xE2\x81")) &&
        fold_line(line.substr(line.size() - 3)).empty())
      line.remove_suffix(3);
    else if (!line.empty() && ascii::is_space(line.back()))
      line.remove_suffix(1);
    else
      return line;
  }
}

// A cheap look at what a line ends with, before it is taken apart.
bool may_end(const ReplyLines& lines, std::size_t i) {
  std::string_view line = lines[i].text;
  if (line.size() > longest_telling) return false;
  line = without_marks(line);
  if (line.empty() || line.ends_with('<')) return false;
  if (line.ends_with(':') || line.ends_with("：") || line.ends_with('-') || line.ends_with('>'))
    return true;
  if (ascii::is_digit(line.front())) return line.find("GMT") != std::string_view::npos;
  std::size_t begin = line.size();
  while (begin > 0 && line.size() - begin < longest_word && line[begin - 1] != ' ')
    --begin;
  return wrote_word(fold_line(line.substr(begin))) != Wrote::no;
}

// With its first line: a preposition, a day, a date.
bool is_opened(const Evidence& e, bool quote_below) {
  if (!e.opens || !e.date) return false;
  const bool exact = e.year || e.time || e.address || quote_below;
  if (e.wrote == Wrote::last && exact) return true;
  if (!e.colon) return false;
  if (e.wrote == Wrote::before_name && (e.address || quote_below)) return true;
  if (e.bracketed && e.ends_address && (e.time || e.year)) return true;
  return quote_below && (e.address || e.time || e.year);
}

// Without one: "Ada <ada@example.org> schrieb am 3. Mai:", "Ada wrote:".
bool is_named(const Evidence& e, bool quote_below) {
  if (!e.colon) return false;
  const bool told = (e.bracketed && e.ends_address) || (e.date && e.time);
  if (quote_below && told && e.words <= most_words) return true;  // "Quoting Ada <ada@example.org>:"
  if (e.wrote == Wrote::no) return false;
  if (e.date && e.year && e.time && e.words <= most_words) return true;
  if (e.bracketed && (e.date || (e.year && e.time) || quote_below)) return true;
  return quote_below && (e.wrote == Wrote::last || e.date) && e.words <= most_words;
}

// What Gmail writes in languages it has no words for.
bool is_bare(const Evidence& e) {
  return e.gmt || (e.begins_date && e.bracketed && e.ends_address && e.words <= most_words);
}

bool begins_bracket(const ReplyLines& lines, std::size_t i) {
  return ascii::trimmed(lines[i].text).starts_with('<');
}

// Whether line `i` can be the middle or the end of an attribution that began above it.
bool goes_on(const ReplyLines& lines, std::size_t begin, std::size_t i) {
  if (i <= begin || !lines.text(i - 1)) return false;
  std::string_view above = lines[i - 1].text;
  if (above.size() > longest_telling) return false;
  above = ascii::trimmed(above);
  return !above.ends_with('!') && !above.ends_with('?') && !above.ends_with(':');
}

// A program that put its bracket on a line of its own may have put an empty line before it.
std::size_t line_above(const ReplyLines& lines, std::size_t begin, std::size_t i) {
  if (goes_on(lines, begin, i)) return i - 1;
  if (i > begin + 1 && lines.blank(i - 1) && begins_bracket(lines, i) && goes_on(lines, begin, i - 1))
    return i - 2;
  return lines.size();
}

}  // namespace

std::optional<Attribution> attribution_at(const ReplyLines& lines, std::size_t begin, std::size_t last) {
  if (!lines.text(last) || !may_end(lines, last)) return std::nullopt;
  Attribution found{last, last + 1, followed_by_quote(lines, last + 1)};
  Evidence all = evidence_of(lines.folded(last));
  if (is_bare(all) || is_opened(all, found.before_quote)) return found;
  if (!all.colon && all.wrote == Wrote::no) return std::nullopt;
  std::optional<Attribution> named;
  if (is_named(all, found.before_quote)) named = found;
  for (std::size_t steps = 1; steps < most_lines; ++steps) {
    const std::size_t above = line_above(lines, begin, found.first);
    if (above == lines.size()) break;
    const Evidence evidence = evidence_of(lines.folded(above));
    const bool belongs = evidence.opens || evidence.address || begins_bracket(lines, found.first) ||
                         ascii::trimmed(lines[above].text).ends_with('<');
    if (named && !belongs) break;
    all = joined(evidence, all);
    found.first = above;
    if (is_opened(all, found.before_quote) || (is_bare(all) && all.colon)) return found;
    if (is_named(all, found.before_quote)) named = found;
  }
  return named;
}

bool is_quoted_attribution(const ReplyLines& lines, std::size_t line) {
  std::string_view text = lines[line].text;
  if (text.size() > longest_telling) return false;
  text.remove_prefix(std::min(text.find_first_not_of("> "), text.size()));
  const Evidence evidence = evidence_of(fold_line(text));
  return is_opened(evidence, true) || is_named(evidence, true);
}

}  // namespace papertray
