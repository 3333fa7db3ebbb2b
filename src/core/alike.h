// Which of many texts ask nearly the same: for a moderator, who reads them side by side. Pure, and
// bounded whatever strangers wrote. Nothing is merged by it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace papertray {

// Groups of indices, each ascending, ordered by their first; every text is in exactly one. A text joins
// the group of the earlier one that it has most words in common with: half of all that the two have, and
// three at least, or all. Small words ("how do you") count for nothing, nor does what follows after
// 4,096 bytes.
std::vector<std::vector<std::size_t>> alike_groups(const std::vector<std::string>& texts);

}  // namespace papertray
