#pragma once

#include <string>

namespace papertray {

// Readers see the old text or the new one, never a part. Not synced: for what may be lost in a power
// cut. Throws Failure (store, cannot_write).
void replace_file(const std::string& path, const std::string& text);

}  // namespace papertray
