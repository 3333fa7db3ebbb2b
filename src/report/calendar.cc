#include "report/calendar.h"

#include <algorithm>
#include <chrono>
#include <string_view>

#include "core/page_text.h"

namespace papertray {
namespace {

constexpr std::size_t longest_line = 75;  // bytes without CRLF, RFC 5545 section 3.1

// `20171104T005959Z` out of RFC 3339, `20171209` out of a day.
std::string compact(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != '-' && c != ':') out += c;
  return out;
}

// TEXT, RFC 5545 section 3.3.11.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : page_lines(text)) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (c == '\n')
      out += "\\n";
    else
      out += c;
  }
  return out;
}

bool within_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

class Lines {
 public:
  void add(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    std::string line(name);
    line += ':';
    line += value;
    std::string_view rest = line;
    std::size_t room = longest_line;
    while (rest.size() > room) {
      std::size_t cut = room;
      while (cut > 1 && within_character(rest[cut]))
        --cut;
      out_.append(rest.substr(0, cut)).append("\r\n ");
      rest.remove_prefix(cut);
      room = longest_line - 1;  // the blank counts
    }
    out_.append(rest).append("\r\n");
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

std::string day_after(const std::string& day) {
  const Time begin = parse_rfc3339(day + "T00:00:00Z").value_or(Time{});
  return compact(rfc3339(begin + std::chrono::days(1)).substr(0, 10));
}

void add_event(Lines& lines, const CalendarEvent& event, Time now) {
  lines.add("BEGIN", "VEVENT");
  lines.add("UID", event.id + "@papertray");
  lines.add("DTSTAMP", compact(rfc3339(now)));
  if (event.day) {
    lines.add("DTSTART;VALUE=DATE", compact(*event.day));
    lines.add("DTEND;VALUE=DATE", day_after(*event.day));
  } else {
    // Without an end it is a moment, which is what a deadline is (section 3.6.1).
    lines.add("DTSTART", compact(rfc3339(event.at)));
  }
  lines.add("SUMMARY", escaped(event.summary));
  lines.add("DESCRIPTION", escaped(event.text));
  lines.add("LOCATION", escaped(event.place));
  lines.add("URL", event.url);
  lines.add("TRANSP", "TRANSPARENT");  // nobody is busy because of it
  lines.add("END", "VEVENT");
}

}  // namespace

std::string calendar_text(const Calendar& calendar, Time now) {
  Lines lines;
  lines.add("BEGIN", "VCALENDAR");
  lines.add("VERSION", "2.0");
  lines.add("PRODID", "-//papertray//papertray//EN");
  lines.add("X-WR-CALNAME", escaped(calendar.name));
  for (const CalendarEvent& event : calendar.events)
    add_event(lines, event, now);
  lines.add("END", "VCALENDAR");
  return lines.take();
}

}  // namespace papertray
