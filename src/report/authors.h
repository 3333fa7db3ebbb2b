// Authors as people write them: a line, or the block under a title.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace papertray {

// The names in a text that parts them by commas, semicolons, "and", "&" or line ends, cleaned, without
// addresses.
std::vector<std::string> author_names(std::string_view text);

// The names in the block under a paper's title, whose lines hold names, institutions and addresses in
// any order; `otherwise` when none of its lines is names and nothing else: a university is no author.
std::string authors_of_paper(std::string_view block, std::string_view otherwise);

// "Ada Lovelace, Charles Babbage"
std::string authors_line(std::string_view text);

}  // namespace papertray
