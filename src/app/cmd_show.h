// papertray show ID: one submission, question or message with its history.
#pragma once

#include <string>

#include "app/globals.h"

namespace papertray {

int cmd_show(const Globals& globals, const std::string& id);

}  // namespace papertray
