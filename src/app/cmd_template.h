// papertray template: what a receipt would say.
#pragma once

#include <string>

#include "app/globals.h"

namespace papertray {

struct TemplateOptions {
  std::string name;        // "received"; "" lists them
  std::string submission;  // --for P-7; "" for an invented one
  bool html = false;       // the HTML part instead of the text
};

int cmd_template(const Globals& globals, const TemplateOptions& options);

}  // namespace papertray
