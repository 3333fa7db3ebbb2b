// The process's memory holds passwords and other people's mail: it must not come to lie in a file.
#pragma once

namespace papertray {

// No core dump, whatever the limits, the kernel's core pattern or a crash handler ask for; and no other
// process of the same user reads the memory or the environment. Before anything secret is read.
void forbid_dumps();

}  // namespace papertray
