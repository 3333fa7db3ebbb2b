// A deadline as an organizer writes it, and the second it means (DESIGN, "Words").
//   `2017-11-03 16:59 PST`               an abbreviation is its fixed offset, daylight time or not
//   `2017-11-03 16:59 America/New_York`  an IANA name follows its rules
//   `2017-11-28 23:59 AoE`               anywhere on earth, UTC-12
//   `2017-11-28`                         its last minute AoE
// Without seconds the whole minute is on time.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"

namespace papertray {

struct Deadline {
  std::string text;  // as written
  Time last{};       // the last second that is on time
  // Set when the text reads differently on that place's clocks (PST while they show PDT): one
  // sentence for `doctor`.
  std::string remark;
};

// Throws Failure (configuration) with what is wrong and an example of what is right.
// `zone` is the workshop's; it serves `remark` and nothing else.
Deadline parse_deadline(std::string_view text, const std::string& zone);

struct Lateness {
  bool on_time = true;
  Seconds margin{0};  // last - received: 0 is the last second, negative is late
};

Lateness lateness(const std::optional<Deadline>& due, Time received);

}  // namespace papertray
