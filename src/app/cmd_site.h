// papertray site DIR: the public pages.
#pragma once

#include <string>

#include "app/globals.h"

namespace papertray {

int cmd_site(const Globals& globals, const std::string& folder);

}  // namespace papertray
