// What every subcommand gets from the command line.
#pragma once

#include <string>

namespace papertray {

struct Globals {
  std::string config;  // --config, "" when not given
  std::string state;   // --state, "" when not given
  bool json = false;
  bool no_color = false;
  bool quiet = false;
  bool unsafe_no_sandbox = false;
};

}  // namespace papertray
