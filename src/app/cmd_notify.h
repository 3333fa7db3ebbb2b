// papertray notify decisions|reminder|accepted|rejected, or a letter of the organizers' own.
#pragma once

#include <string>

#include "app/acting.h"
#include "app/globals.h"

namespace papertray {

struct NotifyOptions {
  std::string what;
  std::string to;  // "missing-final", another group or ids; ""
  bool dry_run = false;
  bool yes = false;         // do not ask
  bool again = false;       // also those who were told otherwise, or reminded before
  bool with_notes = false;  // the decisions' notes go to the authors
  ActBy by;
};

int cmd_notify(const Globals& globals, const NotifyOptions& options);

}  // namespace papertray
