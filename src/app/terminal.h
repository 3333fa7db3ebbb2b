// The terminal we write to.
#pragma once

#include <string>

#include "app/globals.h"
#include "report/look.h"

namespace papertray {

// Width and colour of standard output, times told in `zone`.
Look look_of(const Globals& globals, const std::string& zone);

// All of the text to standard output. Throws Failure (cannot_write) when it does not get there.
void print(const std::string& text);

}  // namespace papertray
