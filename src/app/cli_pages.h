// The commands that write for others to look at, as words on the command line. Internal to the command
// line.
#pragma once

#include <functional>
#include <string>

#include "app/cmd_export.h"
#include "app/globals.h"

namespace CLI {
class App;
}

namespace papertray {

struct PagesOptions {
  std::string to;
  ExportOptions exported;
};

// What is chosen is put into `chosen`; all of the references outlive it.
void add_pages_commands(CLI::App& app, const Globals& globals, PagesOptions& options,
                        std::function<int()>& chosen);

}  // namespace papertray
