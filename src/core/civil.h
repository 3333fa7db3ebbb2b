// A point in time out of the fields that people write. Internal to core.
#pragma once

#include <optional>
#include <string_view>

#include "core/time.h"

namespace papertray {

struct Civil {
  int year = 0, month = 0, day = 0;
  int hour = 0, minute = 0, second = 0;
};

// The years we take: before 1970 nobody mailed, after 9999 RFC 3339 ends.
inline constexpr int first_year = 1970;
inline constexpr int last_year = 9999;

// Nothing when a field is out of its range (30 February, 24:00) or the result is out of the years
// above. A leap second counts as the last second of its minute.
std::optional<Time> civil_time(const Civil& civil, std::chrono::minutes east);

// 1 to 12 for an English month name or its first three letters, else 0.
int month_number(std::string_view name);

}  // namespace papertray
