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
  std::string final_copy;  // missing, received: of accepted papers; "" for all
  std::string format;      // table, csv, json; of questions sheet, html; "" when not asked for
  bool askers = false;     // of a sheet: with names
  std::string html;        // of questions: the sheet as a page goes into this file
};

int cmd_list(const Globals& globals, const ListOptions& options);

}  // namespace papertray
