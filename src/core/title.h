// Titles, made comparable: which are the same, and which are so near that a person should look. Pure and
// bounded, whatever stands in a subject.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace papertray {

// Words alone, folded (fold_text), without what only tells a version at the end ("(final)", "v2",
// "revised version"); cut after `longest_title` bytes. "" when nothing is left.
inline constexpr std::size_t longest_title = 300;
std::string comparable_title(std::string_view title);

// Numbers by which similar titles are found among many: two titles that have none in common are not
// similar. At most four; none for "". `title` is a comparable_title, here and below.
std::vector<std::int64_t> title_keys(std::string_view title);

// Whether two titles that differ may be of one paper: nearly the same words (a slip of the finger is
// none of difference, four in five are enough), or one goes on where the other ends.
bool similar_titles(std::string_view a, std::string_view b);

}  // namespace papertray
