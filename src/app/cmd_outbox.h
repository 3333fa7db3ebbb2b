// papertray outbox: what is to be sent, and a person's orders about it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/globals.h"

namespace papertray {

struct OutboxOptions {
  std::string what;               // list, show, send, retry, drop, pause, resume
  std::vector<std::int64_t> ids;  // the numbers that `list outbox` shows
  bool problems = false;          // of list
  bool dry_run = false;
  std::string actor;   // --as, "" for the login name
  std::string format;  // of list
};

int cmd_outbox(const Globals& globals, const OutboxOptions& options);

}  // namespace papertray
