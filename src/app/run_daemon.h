// papertray run: the daemon in this machine: signals, service manager, status file, metrics.
#pragma once

#include "app/config.h"
#include "app/globals.h"

namespace papertray {

int run_daemon(const Config& config, const Globals& globals);

}  // namespace papertray
