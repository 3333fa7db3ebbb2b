// Dates as mail has them: RFC 5322 section 3.3, its obsolete forms, and what mailers write instead.
#include <array>

#include "core/ascii.h"
#include "core/civil.h"
#include "core/time.h"
#include "core/zone_names.h"

namespace papertray {
namespace {

// A date with a comment or two has some 60 bytes; what is longer is no date.
constexpr std::size_t longest_date = 256;

// A Received header ends in `; date`. A `;` within a comment is none, unless comments never close.
std::string_view after_last_semicolon(std::string_view text) {
  std::size_t start = 0;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\') {
      ++i;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')') {
      if (depth > 0) --depth;
    } else if (c == ';' && depth == 0) {
      start = i + 1;
    }
  }
  if (depth == 0) return text.substr(start);
  const auto last = text.rfind(';');
  return last == std::string_view::npos ? text : text.substr(last + 1);
}

std::string without_comments(std::string_view text) {
  std::string out;
  int depth = 0;
  for (const char c : text) {
    if (c == '(') {
      ++depth;
      out += ' ';
    } else if (c == ')') {
      if (depth > 0) --depth;
    } else if (depth == 0) {
      out += c;
    }
  }
  return out;
}

bool is_weekday(std::string_view word) {
  constexpr std::array<std::string_view, 7> names = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view name) { return ascii::starts_with(word, name); });
}

// RFC 5322 section 4.3: two digits below 50 are of this century, three digits count from 1900.
int full_year(std::string_view digits) {
  const int year = *ascii::number(digits, 4);
  if (digits.size() == 2) return year < 50 ? 2000 + year : 1900 + year;
  if (digits.size() == 3) return 1900 + year;
  return year;
}

class DateReader {
 public:
  // Each word tells by its shape what it is, so that the order of the fields matters little: asctime
  // and `date` write the year last. False: nonsense.
  bool word(std::string_view w) {
    if (ascii::is_digit(w.front())) {
      if (w.find(':') != std::string_view::npos) return clock(w);
      if (w.find_first_of("-/") != std::string_view::npos) return joined_date(w);
      return digits(w);
    }
    if (w.front() == '+' || w.front() == '-') return zone(w);
    if (!ascii::is_alpha(w.front())) return true;  // stray punctuation
    if (month_ == 0 && month_number(w) != 0) {
      month_ = month_number(w);
      return true;
    }
    if (is_weekday(w)) return true;
    if (have_clock_ && (ascii::same(w, "AM") || ascii::same(w, "PM"))) return half_day(w);
    // Before the clock a foreign weekday, after it a zone.
    return !have_clock_ || zone(w);
  }

  std::optional<Time> result() const {
    if (!have_clock_ || day_ == 0 || month_ == 0 || year_ == 0) return std::nullopt;
    return civil_time({year_, month_, day_, hour_, minute_, second_}, east_);
  }

 private:
  bool digits(std::string_view w) {
    if (!ascii::number(w, 4)) return false;
    if (day_ == 0 && w.size() <= 2) {
      day_ = *ascii::number(w, 2);
      return day_ != 0;
    }
    if (year_ != 0 || w.size() < 2) return false;
    year_ = full_year(w);
    return true;
  }

  // 3-Nov-2017, 2017-11-03, 2017/11/03.
  bool joined_date(std::string_view w) {
    const char mark = w[w.find_first_of("-/")];
    const auto first = w.find(mark);
    const auto second = w.find(mark, first + 1);
    if (second == std::string_view::npos || day_ != 0 || month_ != 0 || year_ != 0) return false;
    std::string_view day = w.substr(0, first);
    const std::string_view month = w.substr(first + 1, second - first - 1);
    std::string_view year = w.substr(second + 1);
    if (day.size() == 4) std::swap(day, year);
    const auto d = ascii::number(day, 2);
    const auto m = ascii::number(month, 2);
    // 03-11-2017 could be either order: only a month by name may stand in the middle of that.
    if (!d || year.size() < 2 || !ascii::number(year, 4)) return false;
    if (m && first != 4) return false;
    day_ = *d;
    month_ = m ? *m : month_number(month);
    year_ = full_year(year);
    return true;
  }

  // 16:59, 16:59:59, 16:59:59.123, any of them with a zone at its heels.
  bool clock(std::string_view w) {
    if (have_clock_) return false;
    const auto end = w.find_first_not_of("0123456789:.");
    std::string_view rest = end == std::string_view::npos ? std::string_view{} : w.substr(end);
    w = w.substr(0, end);
    if (const auto dot = w.find('.'); dot != std::string_view::npos) w = w.substr(0, dot);
    const auto first = w.find(':');
    if (first == std::string_view::npos) return false;
    const auto second = w.find(':', first + 1);
    const bool seconds = second != std::string_view::npos;
    const auto h = ascii::number(w.substr(0, first), 2);
    const auto m = ascii::number(w.substr(first + 1, seconds ? second - first - 1 : second), 2);
    const auto s = seconds ? ascii::number(w.substr(second + 1), 2) : 0;
    if (!h || !m || !s) return false;
    hour_ = *h;
    minute_ = *m;
    second_ = *s;
    have_clock_ = true;
    if (rest.empty()) return true;
    if (ascii::same(rest, "AM") || ascii::same(rest, "PM")) return half_day(rest);
    return zone(rest);
  }

  bool half_day(std::string_view w) {
    if (hour_ < 1 || hour_ > 12) return false;
    hour_ = hour_ % 12 + (ascii::lower(w.front()) == 'p' ? 12 : 0);
    return true;
  }

  // The first zone counts: `-0700 PDT` says it twice.
  bool zone(std::string_view w) {
    if (have_zone_) return true;
    have_zone_ = true;
    if (const auto east = numeric_zone(w)) {
      east_ = *east;
      return true;
    }
    if (w.front() == '+' || w.front() == '-') return false;
    // RFC 5322 section 4.3: an unknown word, and a single letter, whose sign RFC 822 had wrong, is UTC.
    if (const ZoneName* known = zone_name(w)) east_ = known->east;
    return true;
  }

  int year_ = 0, month_ = 0, day_ = 0;
  int hour_ = 0, minute_ = 0, second_ = 0;
  bool have_clock_ = false;
  bool have_zone_ = false;
  std::chrono::minutes east_{0};
};

}  // namespace

std::optional<Time> parse_mail_date(std::string_view text) {
  const std::string_view date = ascii::trimmed(after_last_semicolon(text));
  if (date.size() > longest_date) return std::nullopt;
  if (const auto t = parse_rfc3339(date)) return t;
  const std::string plain = without_comments(date);
  DateReader reader;
  std::string_view left = plain;
  while (true) {
    const auto start = left.find_first_not_of(" \t\r\n\v\f,");
    if (start == std::string_view::npos) break;
    left.remove_prefix(start);
    const std::string_view word = left.substr(0, left.find_first_of(" \t\r\n\v\f,"));
    if (!reader.word(word)) return std::nullopt;
    left.remove_prefix(word.size());
  }
  return reader.result();
}

}  // namespace papertray
