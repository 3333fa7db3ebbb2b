// What `run` and `import` tell while they work: one line an event on standard error, through spdlog,
// with systemd's priorities when the journal reads it; or a progress bar on a terminal.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "intake/watcher.h"

namespace papertray {

// Lines for a log: structured, each with the message's number.
std::unique_ptr<Watcher> log_watcher(bool quiet);

// A bar of mails done of `total` (0: unknown), with rate and time left; only on a terminal, otherwise
// silent but for warnings.
std::unique_ptr<Watcher> bar_watcher(bool quiet, std::size_t total);

}  // namespace papertray
