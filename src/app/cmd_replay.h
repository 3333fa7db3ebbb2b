// papertray replay --rules FILE: what other rules would have decided over all mail in the log.
#pragma once

#include <string>

#include "app/acting.h"
#include "app/globals.h"

namespace papertray {

struct ReplayOptions {
  std::string rules;
  bool apply = false;
  bool yes = false;           // without asking
  bool quiet_author = false;  // no receipts for what is moved
  ActBy by;
};

int cmd_replay(const Globals& globals, const ReplayOptions& options);

}  // namespace papertray
