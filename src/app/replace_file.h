#pragma once

#include <string>

namespace papertray {

// What lies in the state directory is for us alone; what others are to read has the mode that the umask
// leaves.
enum class Readable { by_us, by_others };

// Readers see the old text or the new one, never a part. Not synced: for what may be lost in a power
// cut. Throws Failure (store, cannot_write).
void replace_file(const std::string& path, const std::string& text, Readable readable);

}  // namespace papertray
