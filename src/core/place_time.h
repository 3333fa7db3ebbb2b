// The time zone database, for core's own use: date/tz.h is heavy, so few files include it.
#pragma once

#include <string>

#include <date/tz.h>

namespace papertray {

// Throws Failure (configuration) with the nearest name on an unknown one.
const date::time_zone* find_zone(const std::string& name);

}  // namespace papertray
