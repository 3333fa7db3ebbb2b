// Zone abbreviations that people write into deadlines and mail dates, and the fixed offset each
// stands for. Internal to core.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace papertray {

struct ZoneName {
  std::string_view name;      // "PST"
  std::chrono::minutes east;  // of UTC: PST is -480
  std::string_view meaning;   // "US Pacific standard time"
  std::string_view also;      // other common readings of an ambiguous name, or ""
};

// Case-insensitively; nullptr when the name is not known.
const ZoneName* zone_name(std::string_view name);

// For "did you mean".
std::vector<std::string> zone_names();

// `+02:00`, `-0700`, `+2`, `UTC+2`, `GMT-05:30`: minutes east of UTC; nothing beyond a day.
std::optional<std::chrono::minutes> numeric_zone(std::string_view text);

}  // namespace papertray
