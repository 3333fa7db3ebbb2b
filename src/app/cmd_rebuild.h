// papertray rebuild: the database made anew from the log.
#pragma once

#include "app/globals.h"

namespace papertray {

int cmd_rebuild(const Globals& globals);

}  // namespace papertray
