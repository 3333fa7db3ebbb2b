// Tells the service manager (systemd's sd_notify); does nothing where none listens.
#pragma once

#include <optional>
#include <string>

#include "core/time.h"

namespace papertray {

void notify_ready();
void notify_status(const std::string& line);
void notify_stopping();
void notify_alive();

// How often notify_alive must be called at most (half of WATCHDOG_USEC); nullopt: nobody waits for it.
std::optional<Seconds> alive_every();

}  // namespace papertray
