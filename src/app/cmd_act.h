// papertray accept, reject, withdraw, excuse, merge, panel, dismiss: one decision of a person.
#pragma once

#include <string>
#include <vector>

#include "app/acting.h"

namespace papertray {

struct ActOptions {
  ActKind kind = ActKind::accept;
  std::vector<std::string> ids;
  std::string into;  // of merge
  int panel = 0;     // of panel
  ActBy by;
};

int cmd_act(const Globals& globals, const ActOptions& options);

}  // namespace papertray
