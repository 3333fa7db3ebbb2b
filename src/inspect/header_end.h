// Where a header ends that no empty line ends.
#pragma once

#include <cstddef>
#include <string_view>

namespace papertray {

// `text` begins with a header. The place in it where its body begins without an empty line before; npos
// when there is one, when the header ends the text or the part, or when more fields follow the line that
// is none: then somebody broke a field in two.
std::size_t body_without_empty_line(std::string_view text);

}  // namespace papertray
