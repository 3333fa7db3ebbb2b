// Writes one entry behind the last one in as few calls as it takes. Internal to log/.
//
// An entry of usual size is gathered, header, content and padding, and written whole by one call; a
// kill within it leaves a file that ends before the entry does. A larger one streams past, its header
// is written last; a kill before that leaves zeros where the header should stand. A power cut may keep
// any part of either: header and content are checked by their sums (walk.h).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "log/entry_header.h"
#include "log/file.h"

namespace papertray {

class EntryWriter {
 public:
  // A call costs a few microseconds, 256 KB take about 190 to hash and copy: gathering more saves
  // nothing that is felt, and this memory is kept.
  static constexpr std::size_t gathered_bytes = 256 * 1024;

  // Nothing is written yet. `header` tells the place, the size and all that makes the header's length;
  // its sha256 may still be any 64 digits. Throws Failure (message) as header_room does.
  void begin(const EntryHeader& header);
  // The content, in order. Throws Failure (store).
  void add(const File& file, std::span<const char> bytes);
  // Padding and header; returns the offset after the entry. All of header.size bytes are added, and
  // only sha256 differs from begin's. Throws Failure (store).
  std::uint64_t finish(const File& file, const EntryHeader& header);

 private:
  void flush(const File& file);

  std::uint64_t room_ = 0;  // for the header
  bool whole_ = false;      // the header is gathered too
  std::uint64_t next_ = 0;  // where in the file the gathered bytes belong
  std::vector<char> gathered_;
};

}  // namespace papertray
