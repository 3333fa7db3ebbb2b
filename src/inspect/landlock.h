// Landlock without a single rule: no file can be opened, no TCP port used, no signal or abstract socket
// reaches another process, as far as the kernel knows how.
#pragma once

namespace papertray {

// The ABI that was applied (1 and up), or 0 where the kernel has none. Wants no_new_privs.
int apply_landlock();

}  // namespace papertray
