// papertray export FILE: what there is, for other programs. The file's end says what.
#pragma once

#include <string>

#include "app/globals.h"

namespace papertray {

struct ExportOptions {
  std::string file;
  std::string shape;     // csv: "", "openreview", "easychair"
  std::string decision;  // "" for all
  std::string of;        // csv, json: "papers" (default) or "questions"
};

int cmd_export(const Globals& globals, const ExportOptions& options);

}  // namespace papertray
