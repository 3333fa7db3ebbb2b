// Goes through the log entry by entry, across segments, and judges a spot that holds no whole entry.
// Internal to log/.
//
// Such a spot is a torn tail when a kill or a power cut explains it, and damage otherwise:
//   - Before the position that the database has reached all was on the disk: damage.
//   - An entry with a sound header that was written at another place: damage.
//   - In a segment that has a next one: the log syncs a segment before it begins another: damage.
//   - Nothing whole behind it: an entry that was being written: torn.
//   - Whole entries behind it: written after it, but a power cut may keep the later of two unsynced
//     writes and lose the earlier. Each entry tells in its header up to where the log was surely on the
//     disk when it was written (`synced`). If that lies behind the spot: damage. If it lies at or before
//     the spot, the spot and all behind it were one unsynced batch, and no more than a torn tail, if the
//     database kept up with the log until then: it commits after each sync, before the next batch. A
//     database that is further behind (lost, restored, made anew) knows nothing of this: damage, since a
//     wrong guess would cut off mails that the server shows as done.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "log/entry.h"
#include "log/file.h"

namespace papertray {

class Walk {
 public:
  // Up to `limit` if given (a writer's own end), else as far as the log reaches now.
  Walk(std::string dir, LogPosition from, std::optional<LogPosition> limit = {});

  // The entry at position() and steps over it; or what stopped it (position() stays there).
  Looked next();
  // Goes on at an entry further on in the same segment, or at the next segment's start.
  void go_to(LogPosition position);

  LogPosition position() const { return at_; }
  const File& file() const { return file_; }
  // Of the present segment, or the limit in it.
  std::uint64_t segment_end() const;
  bool next_segment_exists() const;

 private:
  std::string dir_;
  LogPosition at_;
  std::optional<LogPosition> limit_;
  File file_;
};

enum class Spot { whole, torn, damaged };

// Judges the spot where next() stopped; whole: another process has just finished the entry.
Spot judge(const Walk& walk, const Looked& stopped, LogPosition known_good);

}  // namespace papertray
