// What a person's command did: decisions, merges, panels, and what was taken back.
#pragma once

#include <string>
#include <vector>

#include "core/act.h"
#include "report/look.h"

namespace papertray {

struct ActedRow {
  Act act;
  bool done = true;
  std::string reason;  // why nothing was to be done, "" when it was done
};

struct ActedView {
  std::string command;  // "accept P-7"
  std::string actor;
  bool undone = false;  // the command was taken back
  std::vector<ActedRow> rows;
};

std::string acted_text(const ActedView& view, const Look& look);
std::string acted_json(const ActedView& view);

}  // namespace papertray
