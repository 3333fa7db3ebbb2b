// A deadline as people read it, without changing what it says.
#pragma once

#include <string>
#include <string_view>

#include "core/deadline.h"

namespace papertray {

// "Friday 3 November 2017, 16:59 PST" of "2017-11-03 16:59 PST"; "Saturday 9 December 2017" of a bare
// day. What does not begin with a date stays as it is.
std::string deadline_words(std::string_view text);

// What a reader elsewhere needs: "Saturday 4 November 2017, 00:59 UTC".
std::string deadline_utc_words(const Deadline& deadline);

}  // namespace papertray
