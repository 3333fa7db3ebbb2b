// What the process gives up before it reads a stranger's first byte.
#pragma once

#include "inspect/layers.h"

namespace papertray {

// Whose work it is: a mail's reader answers requests on a socket for as long as it lives; a paper's
// reads one PDF from descriptor 0, writes to descriptor 1, and has seconds of the processor.
enum class Work { mail, paper };

// Applies every layer the kernel has, for good, and tells which stand. Everything that needs a file
// (converters, locale, libraries) must be open before. The process must have one thread.
Layers apply_sandbox(Work work = Work::mail);

}  // namespace papertray
