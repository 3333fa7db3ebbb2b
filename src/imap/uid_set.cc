#include "imap/uid_set.h"

namespace papertray {

std::vector<UidSet> uid_sets(std::span<const std::uint32_t> ascending) {
  std::vector<UidSet> sets;
  for (std::size_t first = 0; first < ascending.size();) {
    std::size_t last = first;
    while (last + 1 < ascending.size() && ascending[last + 1] == ascending[last] + 1)
      ++last;
    std::string range = std::to_string(ascending[first]);
    if (last > first) range += ":" + std::to_string(ascending[last]);
    if (sets.empty() || sets.back().text.size() + 1 + range.size() > longest_set) sets.emplace_back();
    UidSet& set = sets.back();
    set.text += (set.text.empty() ? "" : ",") + range;
    set.uids.insert(set.uids.end(), ascending.begin() + static_cast<std::ptrdiff_t>(first),
                    ascending.begin() + static_cast<std::ptrdiff_t>(last) + 1);
    first = last + 1;
  }
  return sets;
}

}  // namespace papertray
