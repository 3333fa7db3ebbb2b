// papertray run: take in what is new, send what is due; then exit (--once), or wait for more.
#pragma once

#include "app/globals.h"

namespace papertray {

struct RunOptions {
  bool once = false;
  bool dry_run = false;
};

int cmd_run(const Globals& globals, const RunOptions& options);

}  // namespace papertray
