// papertray status: counts, countdowns, last contact, what waits for a person.
#pragma once

#include "app/globals.h"

namespace papertray {

int cmd_status(const Globals& globals);

}  // namespace papertray
