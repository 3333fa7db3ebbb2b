// papertray explain ID|FILE.eml: why a mail went where it went, step by step.
#pragma once

#include <string>

#include "app/globals.h"

namespace papertray {

int cmd_explain(const Globals& globals, const std::string& what);

}  // namespace papertray
