// What a command tells that wrote files for people: site, report, export.
#pragma once

#include <cstdint>
#include <string>

namespace papertray {

struct WrittenView {
  std::string command;  // "site": names the JSON
  std::string to;       // folder or file
  std::string what;     // "accepted papers": what `items` counts
  std::int64_t items = 0;
  std::int64_t files = 0;
  std::uint64_t bytes = 0;
};

std::string written_text(const WrittenView& view);  // one line
std::string written_json(const WrittenView& view);

}  // namespace papertray
