// What the process gives up before it reads a stranger's first byte.
#pragma once

#include "inspect/layers.h"

namespace papertray {

// Applies every layer the kernel has, for good, and tells which stand. Everything that needs a file
// (converters, locale, libraries) must be open before. The process must have one thread.
Layers apply_sandbox();

}  // namespace papertray
