// papertray undo: the last thing that a person did is taken back.
#pragma once

#include "app/acting.h"

namespace papertray {

int cmd_undo(const Globals& globals, const ActBy& by);

}  // namespace papertray
