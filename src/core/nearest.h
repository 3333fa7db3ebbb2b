// The word a person probably meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace papertray {

// Edits (insert, delete, replace, swap of neighbours) between two byte strings, or limit + 1 when
// there are more.
int edit_distance(std::string_view a, std::string_view b, int limit);

// The nearest of `words` within a third of its length (at least 1, at most 3 edits), or "".
std::string nearest_word(std::string_view word, const std::vector<std::string>& words);

}  // namespace papertray
