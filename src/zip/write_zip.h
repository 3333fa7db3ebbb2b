// A zip archive of files that are there, stored as they are: PDFs are compressed already. Written by
// libzip (BSD), which reads no archive here; archives of strangers are opened in papertray-inspect and
// nowhere else.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/time.h"

namespace papertray {

// The bytes of one entry, in order.
class ZipSource {
 public:
  virtual ~ZipSource() = default;
  // Fills the buffer; 0: the end. May throw Failure, which leaves write_zip as it is.
  virtual std::size_t read(std::span<char> buffer) = 0;
};

struct ZipEntry {
  std::string name;  // within the archive, of our making
  std::uint64_t size = 0;
  Time modified{};
  std::function<std::unique_ptr<ZipSource>()> open;  // called when its turn comes
};

// Writes beside `path` and renames: whoever looks sees the old file or the whole new one. At least one
// entry. Throws Failure (cannot_write).
void write_zip(const std::string& path, const std::vector<ZipEntry>& entries);

}  // namespace papertray
