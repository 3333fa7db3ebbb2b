// One entry in a segment: found at an offset, read, verified. Internal to log/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "intake/log.h"
#include "log/entry_header.h"
#include "log/file.h"

namespace papertray {

struct Entry {
  EntryHeader header;
  LogPosition content;  // the content's first byte
  LogPosition end;      // after the content's padding
};

// What lies at an offset: an entry with a sound header and room for its content (which is not read), or
// the segment's end, or neither.
struct Looked {
  std::optional<Entry> entry;
  bool end = false;
  bool moved =
      false;        // a sound header, but written at another place: no kill and no power cut does that
  std::string why;  // in words, when neither
};

// `size` is the segment's, or where this reader must not look further.
Looked look_at(const File& file, LogPosition at, std::uint64_t size);

// Reads the content and its padding; "" when they are as written, else what is wrong.
std::string content_fault(const File& file, const Entry& entry);

// The first whole entry at a block border from `from` on: header, place and content hold.
std::optional<Entry> find_entry(const File& file, LogPosition from, std::uint64_t size);

// The contract's form of it: an event is read and understood, a mail is not read.
LogEntry log_entry(const File& file, const Entry& entry);

}  // namespace papertray
