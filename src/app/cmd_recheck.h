// papertray recheck: looks into papers again, after their style has changed. Writes no receipts.
#pragma once

#include <string>
#include <vector>

#include "app/globals.h"

namespace papertray {

struct RecheckOptions {
  std::vector<std::string>
      ids;  // "P-7"; none: those whose last look was by another style, or that had none
  bool all = false;
};

int cmd_recheck(const Globals& globals, const RecheckOptions& options);

}  // namespace papertray
