// papertray show ID: one submission, question or message with its history.
#pragma once

#include <string>

#include "app/globals.h"

namespace papertray {

// `full`: a question with the whole text of its mail.
int cmd_show(const Globals& globals, const std::string& id, bool full);

}  // namespace papertray
