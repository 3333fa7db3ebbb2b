// papertray route M-12 papers|P-7: a person says what a mail is that the machine left.
#pragma once

#include <string>

#include "app/acting.h"

namespace papertray {

struct RouteOptions {
  std::string id;             // "M-12"
  std::string to;             // a track, or a submission
  bool quiet_author = false;  // no receipt
  ActBy by;
};

int cmd_route(const Globals& globals, const RouteOptions& options);

}  // namespace papertray
