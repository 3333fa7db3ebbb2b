// The text of a mail that compose() made: what its reader sees.
#pragma once

#include <string>
#include <string_view>

namespace papertray {

// UTF-8, LF. Only for mails of our own making; "" for anything else.
std::string text_of_composed(std::string_view mail);

}  // namespace papertray
