// papertray run --dry-run: reads what is new and shows what would be decided. Writes nothing, neither
// here nor on the server.
#pragma once

#include "app/config.h"
#include "app/globals.h"

namespace papertray {

int dry_run(const Config& config, const Globals& globals);

}  // namespace papertray
