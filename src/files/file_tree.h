// The files below a folder, in an order that does not depend on the disk.
#pragma once

#include <string>
#include <vector>

namespace papertray {

// Deeper is no one's mail archive, but a loop of mounts.
inline constexpr int deepest_folder = 32;

struct FoundFile {
  std::string path;
  std::string why;  // why it (a folder, too) cannot be read; "" for a file to read
};

// Every regular file below `dir`, sorted by path within each folder. Symbolic links are not followed;
// links, FIFOs, devices and folders that cannot be listed come with their reason.
std::vector<FoundFile> files_below(const std::string& dir);

}  // namespace papertray
