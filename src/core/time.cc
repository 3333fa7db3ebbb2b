#include "core/time.h"

#include <array>
#include <limits>

#include <fmt/format.h>

#include "core/ascii.h"
#include "core/civil.h"
#include "core/place_time.h"
#include "core/zone_names.h"

namespace papertray {
namespace {

constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> weekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

// What formatting can show: four digits of year.
constexpr Time earliest = std::chrono::sys_days{std::chrono::year{0} / 1 / 1};
constexpr Time latest =
    std::chrono::sys_days{std::chrono::year{last_year} / 12 / 31} + std::chrono::hours{24} - Seconds{1};

struct Fields {
  Civil civil;
  unsigned weekday = 0;  // 0 is Sunday
};

Fields fields_of(Time t) {
  t = std::clamp(t, earliest, latest);
  const auto days = std::chrono::floor<std::chrono::days>(t);
  const std::chrono::year_month_day ymd{days};
  const std::chrono::hh_mm_ss<Seconds> clock{t - days};
  return {{static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
           static_cast<int>(static_cast<unsigned>(ymd.day())), static_cast<int>(clock.hours().count()),
           static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count())},
          std::chrono::weekday{days}.c_encoding()};
}

// By hand: fmt takes five times as long, and lists have 100,000 of them.
void put_two(char*& at, int number) {
  *at++ = static_cast<char>('0' + number / 10);
  *at++ = static_cast<char>('0' + number % 10);
}

std::string date_and_time(Time t, char between) {
  const Civil c = fields_of(t).civil;
  char text[sizeof "2017-11-03T16:59:59"];
  char* at = text;
  put_two(at, c.year / 100);
  put_two(at, c.year % 100);
  *at++ = '-';
  put_two(at, c.month);
  *at++ = '-';
  put_two(at, c.day);
  *at++ = between;
  put_two(at, c.hour);
  *at++ = ':';
  put_two(at, c.minute);
  *at++ = ':';
  put_two(at, c.second);
  return {text, at};
}

}  // namespace

std::optional<Time> civil_time(const Civil& c, std::chrono::minutes east) {
  if (c.year < first_year || c.year > last_year || c.hour < 0 || c.hour > 23 || c.minute < 0 ||
      c.minute > 59 || c.second < 0 || c.second > 60 || c.month < 1 || c.day < 1) {
    return std::nullopt;
  }
  const std::chrono::year_month_day ymd{std::chrono::year{c.year},
                                        std::chrono::month{static_cast<unsigned>(c.month)},
                                        std::chrono::day{static_cast<unsigned>(c.day)}};
  if (!ymd.ok()) return std::nullopt;
  const Time t = std::chrono::sys_days{ymd} + std::chrono::hours{c.hour} +
                 std::chrono::minutes{c.minute} + Seconds{std::min(c.second, 59)} - east;
  if (t < Time{} || t > latest) return std::nullopt;
  return t;
}

int month_number(std::string_view name) {
  if (name.size() < 3) return 0;
  for (std::size_t i = 0; i < months.size(); ++i) {
    if (ascii::same(name.substr(0, 3), months[i])) return static_cast<int>(i) + 1;
  }
  return 0;
}

std::string rfc3339(Time t) {
  return date_and_time(t, 'T') + 'Z';
}

std::optional<Time> parse_rfc3339(std::string_view text) {
  // 2017-11-04T00:59:59[.123](Z|+01:00): 19 bytes of fixed places, then the rest.
  constexpr std::string_view shape = "0000-00-00T00:00:00";
  if (text.size() <= shape.size()) return std::nullopt;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const char c = text[i];
    const bool fits = shape[i] == '0'   ? ascii::is_digit(c)
                      : shape[i] == 'T' ? c == 'T' || c == 't' || c == ' '
                                        : c == shape[i];
    if (!fits) return std::nullopt;
  }
  const auto field = [&](std::size_t at, std::size_t size) {
    return *ascii::number(text.substr(at, size), 4);
  };
  const Civil civil{field(0, 4), field(5, 2), field(8, 2), field(11, 2), field(14, 2), field(17, 2)};
  std::string_view zone = text.substr(shape.size());
  if (zone.front() == '.') {
    zone.remove_prefix(1);
    const auto digits = zone.find_first_not_of("0123456789");
    if (digits == 0 || digits == std::string_view::npos) return std::nullopt;
    zone.remove_prefix(digits);
  }
  if (zone == "Z" || zone == "z") return civil_time(civil, {});
  if (zone.size() != 6 || zone[3] != ':') return std::nullopt;
  const auto east = numeric_zone(zone);
  return east ? civil_time(civil, *east) : std::nullopt;
}

std::optional<Time> parse_imap_date_time(std::string_view text) {
  // " 3-Nov-2017 16:59:59 -0700"; some servers leave the blank before a one-digit day out.
  text = ascii::trimmed(text);
  if (text.size() < 2) return std::nullopt;
  const std::size_t day_size = text[1] == '-' ? 1 : 2;
  const std::string_view rest = text.substr(day_size);
  constexpr std::string_view shape = "-Mon-0000 00:00:00 +0000";
  if (rest.size() != shape.size()) return std::nullopt;
  for (const std::size_t at : {0, 4, 9, 12, 15, 18}) {
    if (rest[at] != shape[at]) return std::nullopt;
  }
  const auto day = ascii::number(text.substr(0, day_size), 2);
  const auto year = ascii::number(rest.substr(5, 4), 4);
  const auto hour = ascii::number(rest.substr(10, 2), 2);
  const auto minute = ascii::number(rest.substr(13, 2), 2);
  const auto second = ascii::number(rest.substr(16, 2), 2);
  const auto east = numeric_zone(rest.substr(19));
  if (!day || !year || !hour || !minute || !second || !east) return std::nullopt;
  return civil_time({*year, month_number(rest.substr(1, 3)), *day, *hour, *minute, *second}, *east);
}

std::string mail_date(Time t) {
  const Fields f = fields_of(t);
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000", weekdays[f.weekday], f.civil.day,
                     months[static_cast<std::size_t>(f.civil.month) - 1], f.civil.year, f.civil.hour,
                     f.civil.minute, f.civil.second);
}

std::string local_text(Time t, const std::string& zone) {
  return LocalClock(zone).text(t);
}

LocalClock::LocalClock(const std::string& zone) : zone_(find_zone(zone)) {}

std::string LocalClock::text(Time t) {
  const Time asked = std::clamp(t, earliest, latest);
  if (asked < begin_ || asked >= end_) {
    const date::sys_info info = zone_->get_info(asked);
    begin_ = info.begin;
    end_ = info.end;
    offset_ = info.offset;
    // Zones without letters of their own are called "-03" in the database.
    const bool letters = !info.abbrev.empty() && ascii::is_alpha(info.abbrev.front());
    letters_ = (letters ? " " : " UTC") + info.abbrev;
  }
  return date_and_time(t + offset_, ' ') + letters_;
}

std::string span_text(Seconds span) {
  struct Unit {
    std::int64_t size;
    const char* name;
  };
  constexpr Unit units[] = {{86400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}};
  std::int64_t left = span.count();
  if (left < 0) left = left == std::numeric_limits<std::int64_t>::min() ? 0 : -left;
  std::string out;
  for (const Unit& unit : units) {
    const std::int64_t count = left / unit.size;
    left %= unit.size;
    const bool second_unit = !out.empty();
    if (count > 0) {
      out += fmt::format("{}{} {}{}", second_unit ? " " : "", count, unit.name, count == 1 ? "" : "s");
    }
    if (second_unit) break;
  }
  return out.empty() ? "0 seconds" : out;
}

}  // namespace papertray
