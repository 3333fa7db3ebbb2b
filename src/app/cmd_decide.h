// papertray decide FILE.csv: a list of decisions, all of it or nothing.
#pragma once

#include <string>

#include "app/acting.h"

namespace papertray {

struct DecideOptions {
  std::string file;  // "-" for standard input
  bool dry_run = false;
  ActBy by;
};

int cmd_decide(const Globals& globals, const DecideOptions& options);

}  // namespace papertray
