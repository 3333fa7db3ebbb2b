// papertray import PATH...: mbox, Maildir, .eml or standard input through the same pipeline.
#pragma once

#include <string>
#include <vector>

#include "app/globals.h"

namespace papertray {

struct ImportOptions {
  std::vector<std::string> paths;  // "-" is standard input
  bool receipts = false;
};

int cmd_import(const Globals& globals, const ImportOptions& options);

}  // namespace papertray
