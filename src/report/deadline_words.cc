#include "report/deadline_words.h"

#include <array>
#include <chrono>

#include <fmt/format.h>

namespace papertray {
namespace {

constexpr std::array<std::string_view, 12> months = {"January",   "February", "March",    "April",
                                                     "May",       "June",     "July",     "August",
                                                     "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 7> days = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                  "Thursday", "Friday", "Saturday"};

std::string day_words(Time day) {
  const auto since = std::chrono::floor<std::chrono::days>(day);
  const std::chrono::year_month_day date(since);
  return fmt::format("{} {} {} {}", days[std::chrono::weekday(since).c_encoding()],
                     static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()));
}

}  // namespace

std::string deadline_words(std::string_view text) {
  const auto day =
      text.size() < 10 ? std::nullopt : parse_rfc3339(std::string(text.substr(0, 10)) + "T00:00:00Z");
  if (!day) return std::string(text);
  std::string words = day_words(*day);
  std::string_view rest = text.substr(10);
  while (rest.starts_with(' ') || rest.starts_with('T'))
    rest.remove_prefix(1);
  return rest.empty() ? words : words + ", " + std::string(rest);
}

std::string deadline_utc_words(const Deadline& deadline) {
  return day_words(deadline.last) + ", " + rfc3339(deadline.last).substr(11, 5) + " UTC";
}

}  // namespace papertray
