// papertray report DIR: the organizers' private pages.
#pragma once

#include <string>

#include "app/globals.h"

namespace papertray {

int cmd_report(const Globals& globals, const std::string& folder);

}  // namespace papertray
