// papertray status: counts, countdowns, last contact, what waits for a person.
#pragma once

#include <optional>

#include "app/globals.h"

namespace papertray {

// `watch`: shown anew after so many seconds, until somebody has seen enough.
int cmd_status(const Globals& globals, std::optional<int> watch = std::nullopt);

}  // namespace papertray
