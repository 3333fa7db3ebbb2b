// How long to stay away from a server in trouble, and what to call it. Pure: chance is a parameter.
#pragma once

#include <string_view>

#include "core/error.h"
#include "core/time.h"

namespace papertray {

// For `status` and logs: "unreachable", "login refused", "throttled", "over quota", ...
std::string_view trouble_word(Trouble trouble);

// `failures` in a row, at least 1, this one included; `chance` is in [0, 1). The wait doubles from the
// trouble's own first wait up to its own longest, and varies by a quarter either way, so that many
// clients of a server that restarts do not come back in step.
Seconds wait_after(Trouble trouble, int failures, double chance);

}  // namespace papertray
