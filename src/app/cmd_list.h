// papertray list [papers|questions|messages|triage|outbox].
#pragma once

#include <optional>
#include <string>

#include "app/globals.h"

namespace papertray {

struct ListOptions {
  std::string what = "papers";
  bool late = false;
  bool problems = false;
  std::string decision;  // accepted, rejected, submitted, withdrawn; "" for all
  std::optional<int> panel;
  std::string format;  // table, csv, json; "" when not asked for
};

int cmd_list(const Globals& globals, const ListOptions& options);

}  // namespace papertray
