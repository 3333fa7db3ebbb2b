#include "inspect/flowed.h"

namespace papertray {

std::string unflow(std::string_view text, bool delsp) {
  std::string out;
  out.reserve(text.size());
  bool joins = false;      // the line before ended in a soft break
  std::size_t before = 0;  // its quote depth
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);

    std::size_t depth = line.find_first_not_of('>');
    if (depth == std::string_view::npos) depth = line.size();
    line.remove_prefix(depth);
    if (line.starts_with(' ')) line.remove_prefix(1);  // space-stuffing, section 4.4
    const bool signature = line == "-- ";              // section 4.3: never flows

    // Section 4.5: a paragraph ends where the quote depth changes.
    if (joins && (depth != before || signature)) {
      out += '\n';
      joins = false;
    }
    if (!joins && depth > 0) {
      out.append(depth, '>');
      out += ' ';
    }
    const bool soft = line.ends_with(' ') && !signature;
    if (soft && delsp) line.remove_suffix(1);
    out += line;
    if (!soft && end != std::string_view::npos) out += '\n';
    joins = soft;
    before = depth;
  }
  if (joins) out += '\n';
  return out;
}

}  // namespace papertray
