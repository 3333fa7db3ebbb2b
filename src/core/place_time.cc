#include "core/place_time.h"

#include <vector>

#include <fmt/format.h>

#include "core/error.h"
#include "core/nearest.h"
#include "core/printable.h"

namespace papertray {

const date::time_zone* find_zone(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::runtime_error&) {
    std::vector<std::string> names;
    for (const auto& zone : date::get_tzdb().zones)
      names.push_back(zone.name());
    const std::string nearest = nearest_word(name, names);
    throw Failure(
        Error{Scope::program, Again::person, Exit::configuration,
              fmt::format("no time zone is called `{}`{}: write a name of the IANA database, such as "
                          "America/Los_Angeles",
                          one_line(name),
                          nearest.empty() ? "" : fmt::format(" (did you mean `{}`?)", nearest))});
  }
}

}  // namespace papertray
