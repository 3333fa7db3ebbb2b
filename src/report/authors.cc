#include "report/authors.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/ascii.h"
#include "core/page_text.h"

namespace papertray {
namespace {

// Where the next name ends, and how many bytes part it from the one after.
std::pair<std::size_t, std::size_t> end_of_name(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == ',' || text[at] == ';' || text[at] == '\n') return {at, 1};
    for (const std::string_view word : {" and ", " & "})
      if (ascii::starts_with(text.substr(at), word)) return {at, word.size()};
  }
  return {text.size(), 0};
}

}  // namespace

std::vector<std::string> author_names(std::string_view given) {
  const std::string text = page_lines(without_addresses(page_lines(given)));
  std::vector<std::string> names;
  for (std::string_view rest = text; !rest.empty();) {
    const auto [end, gap] = end_of_name(rest);
    std::string_view name = rest.substr(0, end);
    rest.remove_prefix(end + gap);
    // "A, B, and C"
    name = ascii::trimmed(name);
    if (ascii::starts_with(name, "and ")) name = ascii::trimmed(name.substr(4));
    if (!name.empty()) names.emplace_back(name);
  }
  return names;
}

std::string authors_line(std::string_view text) {
  return fmt::format("{}", fmt::join(author_names(text), ", "));
}

}  // namespace papertray
