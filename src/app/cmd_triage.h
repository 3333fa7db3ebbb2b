// papertray triage: through what waits for a person, one screen each.
#pragma once

#include "app/acting.h"
#include "app/globals.h"

namespace papertray {

int cmd_triage(const Globals& globals, const ActBy& by);

}  // namespace papertray
