// What `run` tells while it works: one line an event on standard error, through spdlog, with the
// service manager's priorities when the journal reads it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "intake/watcher.h"

namespace papertray {

// Lines of `key=value`, each with the message's number. `quiet`: warnings only.
std::unique_ptr<Watcher> log_watcher(bool quiet);

// A value of such a line: on one line, harmless, in quotes where it holds a blank or a quote; "-" when
// there is none.
std::string log_value(std::string_view text);

}  // namespace papertray
