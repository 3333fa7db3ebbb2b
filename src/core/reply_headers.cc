#include "core/reply_headers.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/reply_words.h"

namespace papertray {
namespace {

constexpr std::size_t longest_name = 48;       // bytes of a header's name
constexpr std::size_t most_header_lines = 16;  // of a quoted mail's headers with their continuations
constexpr std::size_t most_continued = 2;      // lines that a long subject or list of recipients goes on
constexpr std::size_t rule_above = 3;          // lines above the headers where a rule may stand
constexpr std::size_t rule_length = 5;
constexpr std::size_t outlooks_rule = 20;

// What the line is a header of: "*From:* Ada", "Von: Ada", "Objet :Frage".
HeaderName header_at(const ReplyLines& lines, std::size_t i) {
  if (!lines.text(i)) return HeaderName::none;
  const std::string_view line = lines[i].text;
  const std::size_t colon = std::min(line.find(':'), line.find("："));
  if (colon == std::string_view::npos || colon > longest_name) return HeaderName::none;
  const std::string name = fold_line(line.substr(0, colon));
  std::string_view bare = name;
  while (!bare.empty() && (bare.front() == '*' || bare.front() == ' '))
    bare.remove_prefix(1);
  while (!bare.empty() && (bare.back() == '*' || bare.back() == ' '))
    bare.remove_suffix(1);
  return header_name(bare);
}

struct Headers {
  bool from = false, date = false, to = false, subject = false, address = false;
  std::size_t end = 0;                     // line after the last of them
  std::optional<std::size_t> author = {};  // line of the first From
  int kinds() const { return from + date + to + subject; }
};

// The headers from line `i` on: one empty line between them is a program's, two end them.
Headers read_headers(const ReplyLines& lines, std::size_t i) {
  Headers found;
  found.end = i;
  std::size_t continued = 0;
  for (std::size_t seen = 0; i < lines.size() && seen < most_header_lines; ++i, ++seen) {
    if (lines.blank(i)) {
      if (i + 1 < lines.size() && header_at(lines, i + 1) != HeaderName::none) continue;
      break;
    }
    const HeaderName name = header_at(lines, i);
    if (name == HeaderName::none) {
      if (found.kinds() == 0 || !lines.text(i) || ++continued > most_continued) break;
      continue;
    }
    if (name == HeaderName::from && !found.from) found.author = i;
    found.from = found.from || name == HeaderName::from;
    found.date = found.date || name == HeaderName::date;
    found.to = found.to || name == HeaderName::to;
    found.subject = found.subject || name == HeaderName::subject;
    found.address = found.address || lines[i].text.find('@') != std::string_view::npos;
    continued = 0;
    found.end = i + 1;
  }
  return found;
}

// Three of the four, so that nobody's "From: Berlin, To: Paris" is taken for a mail.
bool are_headers(const Headers& found) {
  return found.from && found.kinds() >= 3 && (found.subject || found.address);
}

// Below Outlook's rule, in whatever language: lines like "Name: ada@example.org", three at least.
std::size_t end_of_unknown_headers(const ReplyLines& lines, std::size_t i) {
  constexpr std::size_t least = 3;
  bool address = false;
  std::size_t seen = 0;
  for (; seen < most_header_lines && i < lines.size() && lines.text(i); ++i, ++seen) {
    const std::string_view line = lines[i].text;
    const std::size_t colon = std::min(line.find(':'), line.find("："));
    if (colon == 0 || colon > longest_name || line.substr(colon).starts_with("://")) break;
    address = address || line.find('@') != std::string_view::npos;
  }
  return seen >= least && address ? i : 0;
}

std::size_t rule_before(const ReplyLines& lines, std::size_t begin, std::size_t i) {
  for (std::size_t above = i; above > begin && i - above < rule_above;) {
    --above;
    if (lines.blank(above)) continue;
    return rule_of(lines[above].text, rule_length) != 0 ? above : i;
  }
  return i;
}

}  // namespace

char rule_of(std::string_view line, std::size_t least) {
  constexpr std::string_view long_dashes[] = {"—", "–", "―", "─", "━"};
  line = ascii::trimmed(line);
  if (line.empty()) return 0;
  std::string_view mark = line.substr(0, 1);
  for (const std::string_view dash : long_dashes)
    if (line.starts_with(dash)) mark = dash;
  if (mark.size() == 1 && std::string_view("-_=*~#").find(mark) == std::string_view::npos) return 0;
  if (line.size() % mark.size() != 0 || line.size() / mark.size() < least) return 0;
  for (std::size_t i = 0; i < line.size(); i += mark.size())
    if (line.substr(i, mark.size()) != mark) return 0;
  return mark.front();
}

std::optional<OtherMail> other_mail_at(const ReplyLines& lines, std::size_t begin, std::size_t i) {
  if (!lines.text(i)) return std::nullopt;
  const std::string_view line = lines[i].text;
  const char first = line.front();
  if (first == '-' || first == '_' || first == '=' || first == '*' ||
      ascii::trimmed(line).ends_with(':')) {
    const Introduces what = introduces(lines.folded(i));
    if (what != Introduces::nothing) {
      const std::size_t next = lines.next_written(i + 1);
      const Headers headers = read_headers(lines, std::min(next, lines.size()));
      return OtherMail{
          what == Introduces::forwarded ? OtherMail::Told::forwarded : OtherMail::Told::original, i,
          headers.kinds() > 0 ? headers.end : i + 1, headers.author};
    }
  }
  if (rule_of(line, outlooks_rule) == '_') {
    const std::size_t next = lines.next_written(i + 1);
    // Outlook writes From first.
    if (const std::size_t end = end_of_unknown_headers(lines, next); end > 0)
      return OtherMail{OtherMail::Told::headers_alone, i, end, next};
  }
  if (header_at(lines, i) == HeaderName::none) return std::nullopt;
  const Headers headers = read_headers(lines, i);
  if (!are_headers(headers)) return std::nullopt;
  return OtherMail{OtherMail::Told::headers_alone, rule_before(lines, begin, i), headers.end,
                   headers.author};
}

}  // namespace papertray
