#include "core/reply_signature.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/reply_headers.h"
#include "core/reply_words.h"

namespace papertray {
namespace {

// How far above the end anything of this is looked for. Longer ones are more than a signature.
constexpr std::size_t most_lines = 60;
constexpr std::size_t most_signature = 25;   // written lines after "-- "
constexpr std::size_t most_after_rule = 15;  // after a rule that may also part a text
constexpr std::size_t longest_contact = 70;  // characters
constexpr std::size_t sentence_words = 6;
constexpr std::size_t longest_disclaimer_line = 4096;  // bytes: some are one line

std::size_t words_in(std::string_view line) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : line) {
    const bool blank = ascii::is_space(c);
    if (!blank && !inside) ++words;
    inside = !blank;
  }
  return words;
}

bool has_address(std::string_view line) {
  const auto at = line.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < line.size() && line[at - 1] != ' ' &&
         line[at + 1] != ' ';
}

bool has_link(std::string_view line) {
  return line.find("://") != std::string_view::npos || line.find("www.") != std::string_view::npos;
}

bool has_phone(std::string_view line) {
  constexpr std::ptrdiff_t digits = 7;
  return std::count_if(line.begin(), line.end(), ascii::is_digit) >= digits &&
         line.find_first_not_of("0123456789 +-().") != 0;
}

// A line that only a person's text has.
bool is_sentence(std::string_view line) {
  line = ascii::trimmed(line);
  if (line.ends_with('?') || line.ends_with("？")) return true;
  if (words_in(line) < sentence_words || has_link(line)) return false;
  return line.ends_with('.') || line.ends_with('!') || line.ends_with(':') ||
         characters(line) > longest_contact;
}

struct Below {
  std::size_t written = 0;
  bool sentence = false;
};

Below look_below(const ReplyLines& lines, std::size_t i, std::size_t end) {
  Below below;
  for (++i; i < end; ++i) {
    if (lines.blank(i)) continue;
    ++below.written;
    below.sentence = below.sentence || (is_sentence(lines[i].text) && rule_of(lines[i].text, 2) == 0);
  }
  return below;
}

// RFC 3676 section 4.3 and what became of it: "-- ", "--", "__", a rule.
bool opens_signature(const ReplyLines& lines, std::size_t i, std::size_t end) {
  const std::string_view line = lines[i].text;
  if (line.size() > longest_telling) return false;
  const char mark = rule_of(line, 2);
  if (mark == 0 || line.starts_with("    ")) return false;
  const std::size_t length = ascii::trimmed(line).size();
  const Below below = look_below(lines, i, end);
  if (mark == '-' && length == 2) return below.written <= most_signature;
  if (mark == '_') return below.written <= most_after_rule;
  constexpr std::size_t least_rule = 3;
  if (rule_of(line, least_rule) == 0) return false;
  return below.written <= most_after_rule && !below.sentence;
}

struct Paragraph {
  std::size_t first = 0, end = 0;
};

Paragraph last_paragraph(const ReplyLines& lines, std::size_t begin, std::size_t end) {
  std::size_t first = end;
  while (first > begin && end - first < most_lines && lines.text(first - 1))
    --first;
  return {first, end};
}

// The topmost of the last paragraphs that speaks as only lawyers do; it goes with all that is below.
std::optional<std::size_t> disclaimer_from(const ReplyLines& lines, std::size_t lowest,
                                           std::size_t end) {
  constexpr int enough = 3;
  std::optional<std::size_t> found;
  for (std::size_t at = end; at > lowest;) {
    const Paragraph paragraph = last_paragraph(lines, lowest, at);
    const auto folded = [&](std::size_t i) {
      return fold_line(lines[i].text.substr(0, longest_disclaimer_line));
    };
    int words = 0;
    for (std::size_t i = paragraph.first; i < paragraph.end; ++i)
      words += legal_words_in(folded(i));
    bool sure = false;
    for (std::size_t i = paragraph.first; words >= enough && !sure && i < paragraph.end; ++i)
      sure = is_surely_legal(folded(i));
    if (sure) found = paragraph.first;
    at = paragraph.first;
    while (at > lowest && lines.blank(at - 1))
      --at;
    if (at > lowest && !lines.text(at - 1)) break;
  }
  return found;
}

// Name, office, ways to reach: short lines, and two at least that are an address, a link or a number.
bool is_contact_block(const ReplyLines& lines, const Paragraph& paragraph) {
  constexpr std::size_t least_lines = 3;
  constexpr int least_ways = 2;
  if (paragraph.end - paragraph.first < least_lines) return false;
  int ways = 0;
  for (std::size_t i = paragraph.first; i < paragraph.end; ++i) {
    const std::string_view line = lines[i].text;
    if (line.size() > longest_telling || characters(line) > longest_contact || is_sentence(line))
      return false;
    ways += has_address(line) || has_link(line) || has_phone(line);
  }
  return ways >= least_ways && words_in(lines[paragraph.first].text) < sentence_words;
}

}  // namespace

bool is_client_line(const ReplyLines& lines, std::size_t i) {
  constexpr std::size_t longest = 120;  // bytes, without a link
  constexpr std::size_t most_words = 9;
  if (!lines.text(i) || lines[i].text.size() > longest_telling) return false;
  const std::string whole = lines.folded(i);
  const std::string_view line = std::string_view(whole).substr(0, whole.find("http"));
  if (line.size() > longest) return false;
  if (begins_client_line(line)) return true;
  if (!begins_sent_from(line)) return false;
  // "Sent from my desk, is much easier": a person's, unless a device is named at once.
  constexpr std::size_t near = 36;  // bytes: "sent from my" and three words
  if (names_device(line.substr(0, near)) && !line.ends_with('?'))
    return words_in(line) <= 2 * most_words;
  const bool sentence = line.ends_with('.') || line.ends_with('!') || line.ends_with('?') ||
                        line.find(',') != std::string_view::npos;
  return !sentence && words_in(line) <= most_words && (i == 0 || lines.blank(i - 1));
}

std::optional<Cut> closing_part(const ReplyLines& lines, std::size_t begin, std::size_t end) {
  if (!lines.text(end - 1)) return std::nullopt;
  if (is_client_line(lines, end - 1)) return Cut{CutKind::client, end - 1, end};
  std::size_t lowest = end;
  while (lowest > begin && end - lowest < most_lines &&
         (lines.text(lowest - 1) || lines.blank(lowest - 1)))
    --lowest;
  for (std::size_t i = lowest; i < end; ++i)
    if (!lines.blank(i) && opens_signature(lines, i, end)) return Cut{CutKind::signature, i, end};
  if (const auto first = disclaimer_from(lines, lowest, end))
    return Cut{CutKind::disclaimer, *first, end};
  const Paragraph last = last_paragraph(lines, lowest, end);
  if (is_contact_block(lines, last)) return Cut{CutKind::signature, last.first, end};
  return std::nullopt;
}

}  // namespace papertray
