// The options of `papertray init`.
#pragma once

#include <functional>

#include "app/cmd_init.h"

namespace CLI {
class App;
}

namespace papertray {

void add_init_command(CLI::App& app, const Globals& globals, InitOptions& options,
                      std::function<int()>& chosen);

}  // namespace papertray
