// papertray backup: one archive from which the desk can be had again.
#pragma once

#include <string>

#include "app/globals.h"

namespace papertray {

int cmd_backup(const Globals& globals, const std::string& file);

}  // namespace papertray
