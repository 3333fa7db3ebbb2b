// format=flowed: lines that a sender's program broke are joined again (RFC 3676 section 4).
#pragma once

#include <string>
#include <string_view>

namespace papertray {

// `text` has LF line ends. `delsp`: the blank before a soft break goes too (section 4.3 of the same).
std::string unflow(std::string_view text, bool delsp);

}  // namespace papertray
