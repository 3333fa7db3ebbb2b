// papertray show ID: one submission, question or message with its history.
#pragma once

#include <string>

#include "app/globals.h"

namespace papertray {

struct ShowOptions {
  std::string id;       // "P-7", "M-12"
  bool full = false;    // a question with the whole text of its mail
  bool source = false;  // of a message: its bytes, as they came
};

int cmd_show(const Globals& globals, const ShowOptions& options);

}  // namespace papertray
