#include "inspect/bounce_text.h"

#include <algorithm>
#include <cstdint>

#include "inspect/caps.h"
#include "inspect/plain_text.h"

namespace papertray {
namespace {

// What the line says between its dashes, stars and blanks, in lower case: its beginning.
constexpr std::string_view markers[] = {
    "this is a copy of the message",          // Exim, GMX, Mail.Ru
    "this is a copy of your message",         // Exim
    "below this line is a copy of the mes",   // qmail, Yahoo
    "below the next line is a copy of the",   // 1&1
    "this is a copy of the headers",          // Exim
    "original message follows",               // IMail, X2
    "original message headers",               // Exchange
    "original message header",                // IMS
    "the header of the original message",     // 1&1
    "returned message",                       // Notes, KDDI
    "unsent message below",                   // sendmail 8.6 and before
    "unsent message follows",                 // sendmail 5
    "message header follows",                 // sendmail 8.7
    "message headers follow",                 // DragonFly
    "message follows",                        // sendmail 5
    "undelivered message",                    // smail
    "start of returned message",              // MMDF
    "the following is a copy of the message"  // Mercury
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The next line, without its end; `rest` goes on behind it.
std::string_view take_line(std::string_view& rest) {
  const auto end = std::min(rest.find('\n'), rest.size());
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_marker(std::string_view line) {
  const auto start = line.find_first_not_of(" \t-=*_");
  if (start == std::string_view::npos) return false;
  line.remove_prefix(start);
  return std::any_of(std::begin(markers), std::end(markers), [&](std::string_view marker) {
    return line.size() >= marker.size() && same_ascii(line.substr(0, marker.size()), marker);
  });
}

// "5.1.1" at `at`: its length, or 0.
std::size_t status_at(std::string_view line, std::size_t at) {
  if (at > 0 && (is_word(line[at - 1]) || line[at - 1] == '.')) return 0;
  if (line[at] != '2' && line[at] != '4' && line[at] != '5') return 0;
  std::size_t end = at + 1;
  for (int number = 0; number < 2; ++number) {
    if (end >= line.size() || line[end] != '.') return 0;
    const std::size_t first = ++end;
    while (end < line.size() && is_digit(line[end]) && end - first < 3)
      ++end;
    if (end == first) return 0;
  }
  if (end < line.size() && (is_word(line[end]) || line[end] == '@')) return 0;
  if (end + 1 < line.size() && line[end] == '.' && is_digit(line[end + 1])) return 0;  // an IP address
  return end - at;
}

std::size_t find_status(std::string_view line, std::size_t from = 0) {
  for (std::size_t at = from; at < line.size(); ++at)
    if (status_at(line, at) > 0) return at;
  return std::string_view::npos;
}

// "550 ", "550-" or "554:": a failing reply's code, at the line's beginning or after what leads to one
// ("said:", "<<<", "#"). Within a sentence a number is a number.
std::size_t find_reply(std::string_view line) {
  for (std::size_t at = 0; at + 3 < line.size(); ++at) {
    if ((line[at] != '4' && line[at] != '5') || line[at + 1] > '5' || !is_digit(line[at + 1]) ||
        !is_digit(line[at + 2]) || (at > 0 && is_word(line[at - 1])))
      continue;
    if (std::string_view(" -:").find(line[at + 3]) == std::string_view::npos) continue;
    const auto before = line.substr(0, at).find_last_not_of(" \t");
    if (before == std::string_view::npos ||
        std::string_view(":><#('\"[").find(line[before]) != std::string_view::npos)
      return at;
  }
  return std::string_view::npos;
}

}  // namespace

BounceText cut_bounce(std::string_view text) {
  text = text.substr(0, caps::report_bytes);
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = take_line(rest);
    if (!is_marker(line)) continue;
    return {text.substr(0, static_cast<std::size_t>(line.data() - text.data())), rest};
  }
  return {text, {}};
}

std::string status_in(std::string_view line) {
  const auto at = find_status(line);
  return at == std::string_view::npos ? "" : std::string(line.substr(at, status_at(line, at)));
}

std::string diagnostic_in(std::string_view told) {
  std::string best;
  int worth = 0;  // 1 a status, 2 a reply, 3 both
  for (std::string_view rest = told; !rest.empty() && worth < 3;) {
    const std::string_view line = take_line(rest);
    const auto reply = find_reply(line);
    const auto status = find_status(line, reply == std::string_view::npos ? 0 : reply);
    const int here =
        (status != std::string_view::npos ? 1 : 0) + (reply != std::string_view::npos ? 2 : 0);
    if (here <= worth) continue;
    worth = here;
    best = line_value(trim(line.substr(std::min(reply, status))), caps::note_bytes);
  }
  return best;
}

std::string field_in(std::string_view text, std::string_view name) {
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.size() <= name.size() || line[name.size()] != ':' ||
        !same_ascii(line.substr(0, name.size()), name))
      continue;
    std::string value(line.substr(name.size() + 1));
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
      value += take_line(text);
    return line_value(trim(value), caps::one_header_bytes);
  }
  return "";
}

}  // namespace papertray
