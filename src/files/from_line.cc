#include "files/from_line.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace papertray {
namespace {

// More words than any sender with blanks in it and a date have.
constexpr std::size_t most_words = 40;

bool digit(char c) {
  return c >= '0' && c <= '9';
}
bool letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool all_digits(std::string_view word, std::size_t least, std::size_t most) {
  return word.size() >= least && word.size() <= most && std::all_of(word.begin(), word.end(), digit);
}

bool one_of(std::string_view word, std::string_view names) {
  if (word.ends_with(',')) word.remove_suffix(1);
  if (word.size() != 3 || !letter(word[0])) return false;
  const std::size_t at = names.find(word);
  return at != std::string_view::npos && at % 3 == 0;
}

bool is_weekday(std::string_view word) {
  return one_of(word, "MonTueWedThuFriSatSun");
}
bool is_month(std::string_view word) {
  return one_of(word, "JanFebMarAprMayJunJulAugSepOctNovDec");
}

// 16:59, 6:59:59
bool is_clock(std::string_view word) {
  const std::size_t first = word.find(':');
  if (first == std::string_view::npos || !all_digits(word.substr(0, first), 1, 2)) return false;
  const std::string_view rest = word.substr(first + 1);
  const std::size_t second = rest.find(':');
  if (!all_digits(rest.substr(0, second), 2, 2)) return false;
  return second == std::string_view::npos || all_digits(rest.substr(second + 1), 2, 2);
}

// +0200, PDT, CEST
bool is_zone(std::string_view word) {
  if (word.starts_with('+') || word.starts_with('-')) return all_digits(word.substr(1), 4, 4);
  return word.size() >= 1 && word.size() <= 5 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; words.size() <= most_words;) {
    at = line.find_first_not_of(" \t", at);
    if (at == std::string_view::npos) break;
    const std::size_t end = std::min(line.find_first_of(" \t", at), line.size());
    words.push_back(line.substr(at, end - at));
    at = end;
  }
  return words;
}

// The words from `at` on are a date and nothing else: then its time, with core's care for 30 February.
std::optional<Time> date_at(const std::vector<std::string_view>& words, std::size_t at) {
  const auto word = [&](std::size_t i) { return i < words.size() ? words[i] : std::string_view{}; };
  if (is_weekday(word(at))) ++at;
  std::string_view day, month, year, zone;
  if (is_month(word(at)) && all_digits(word(at + 1), 1, 2)) {
    month = word(at);
    day = word(at + 1);
    at += 2;
  } else if (all_digits(word(at), 1, 2) && is_month(word(at + 1)) && all_digits(word(at + 2), 4, 4)) {
    day = word(at);
    month = word(at + 1);
    year = word(at + 2);
    at += 3;
  } else {
    return std::nullopt;
  }
  const std::string_view clock = word(at++);
  if (!is_clock(clock)) return std::nullopt;
  // `2017`, `PDT 2017`, `MET DST 2017`, `2017 +0200`
  for (int i = 0; i < 3; ++i) {
    if (year.empty() && all_digits(word(at), 4, 4))
      year = word(at++);
    else if (is_zone(word(at)))
      zone = zone.empty() ? word(at) : zone, ++at;
  }
  const bool remote = word(at) == "remote" && word(at + 1) == "from" && at + 3 == words.size();
  if (year.empty() || (at != words.size() && !remote)) return std::nullopt;
  std::string text;
  for (const std::string_view part : {day, month, year, clock, zone.empty() ? "+0000" : zone})
    text.append(part).append(" ");
  return parse_mail_date(text);
}

}  // namespace

FromLineRead read_from_line(std::string_view line) {
  constexpr std::string_view from = "From ";
  if (!line.starts_with(from) || line.size() > longest_from_line) return {};
  const std::vector<std::string_view> words = words_of(line.substr(from.size()));
  if (words.size() > most_words) return {};
  for (std::size_t at = 0; at < words.size(); ++at)
    if (const std::optional<Time> date = date_at(words, at)) return {.is = FromLine::yes, .date = date};
  const bool bare =
      words.size() == 1 && (words[0] == "-" || words[0].find('@') != std::string_view::npos);
  return {.is = bare || words.empty() ? FromLine::perhaps : FromLine::no, .date = {}};
}

bool begins_header_field(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  return std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon),
                     [](char c) { return c > 32 && c < 127; });
}

}  // namespace papertray
