// Submissions over time against their deadline, as a drawing that needs no colours.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/time.h"
#include "report/html.h"

namespace papertray {

struct Timeline {
  std::string what;         // "papers"
  std::vector<Time> first;  // when each submission first came, ascending
  std::vector<Time> all;    // every version, ascending
  std::optional<Time> deadline;
};

// An <svg> with its title and description; a sentence where there is nothing to draw.
void write_timeline(HtmlWriter& html, const Timeline& timeline, const std::string& zone);

// What the drawing shows, day by day in the zone: a table for those who do not see it.
void write_timeline_table(HtmlWriter& html, const Timeline& timeline, const std::string& zone);

}  // namespace papertray
