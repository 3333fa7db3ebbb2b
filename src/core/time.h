// Points in time are whole seconds since 1970 in UTC: what INTERNALDATE, Received and a deadline
// can tell. Nothing in core asks a clock; `now` is always a parameter.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace date {
class time_zone;
}

namespace papertray {

using Time = std::chrono::sys_seconds;
using Seconds = std::chrono::seconds;

// RFC 3339 in UTC: 2017-11-04T00:59:59Z.
std::string rfc3339(Time t);
std::optional<Time> parse_rfc3339(std::string_view text);

// IMAP date-time (RFC 9051 section 9): ` 3-Nov-2017 16:59:59 -0700`, without its quotes.
std::optional<Time> parse_imap_date_time(std::string_view text);

// RFC 5322 section 3.3 with the obsolete zones of 4.3 and the usual sins (no seconds, no weekday,
// two-digit years, comments). The date part of a Received header (after the last `;`) as well.
std::optional<Time> parse_mail_date(std::string_view text);

// RFC 5322 date-time in UTC for mail that we write: `Sat, 04 Nov 2017 00:59:59 +0000`.
std::string mail_date(Time t);

// For people: `2017-11-03 17:59:59 PDT` in the named IANA zone. Throws Failure (configuration) on an
// unknown zone.
std::string local_text(Time t, const std::string& zone);

// The same for many times, which asks the zone only when its offset may have changed.
class LocalClock {
 public:
  explicit LocalClock(const std::string& zone);
  std::string text(Time t);

 private:
  const date::time_zone* zone_;
  Time begin_{}, end_{};  // for which the next two hold; none at first
  Seconds offset_{};
  std::string letters_;  // " PDT"
};

// `3 days 4 hours`, `59 minutes 1 second`, `1 second`: the two largest units, never negative.
std::string span_text(Seconds span);

}  // namespace papertray
