// papertray title: the title or the authors of a paper are put right.
#pragma once

#include <string>

#include "app/acting.h"

namespace papertray {

struct TitleOptions {
  std::string id;
  std::string title;    // "": left as it is
  std::string authors;  // "A, B and C"; "": left as they are
  bool own = false;     // both are the paper's own again
  ActBy by;
};

int cmd_title(const Globals& globals, const TitleOptions& options);

}  // namespace papertray
