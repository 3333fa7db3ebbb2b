// Deadlines and days as an iCalendar file (RFC 5545): UTC, CRLF, lines folded at 75 bytes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/time.h"

namespace papertray {

struct CalendarEvent {
  std::string id;       // stable, unique within the calendar: "papers-due"
  std::string summary;  // "Papers due: Deep Learning ..."
  std::string text;     // more of it, or ""
  std::string place;
  std::string url;
  Time at{};                       // the last second on time
  std::optional<std::string> day;  // "2017-12-09": the whole day, `at` is not used
};

struct Calendar {
  std::string name;
  std::vector<CalendarEvent> events;
};

// `now` is when it was made.
std::string calendar_text(const Calendar& calendar, Time now);

}  // namespace papertray
