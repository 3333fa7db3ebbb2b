// papertray check-pdf FILE...: whether papers look as the style asks. For authors too: works without any
// configuration.
#pragma once

#include <string>
#include <vector>

#include "app/globals.h"

namespace papertray {

struct CheckPdfOptions {
  std::vector<std::string> files;
  std::string style;     // a name or a file; "" takes the rules', else nips2017
  std::string annotate;  // where page 1 goes as PNG; "" for nowhere
  bool ink = false;
};

int cmd_check_pdf(const Globals& globals, const CheckPdfOptions& options);

}  // namespace papertray
