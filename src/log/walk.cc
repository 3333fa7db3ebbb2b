#include "log/walk.h"

#include <utility>

#include "log/log_error.h"
#include "log/segments.h"

namespace papertray {

Walk::Walk(std::string dir, LogPosition from, std::optional<LogPosition> limit)
    : dir_(std::move(dir)),
      at_(from),
      limit_(limit),
      file_(File::to_read(segment_path(dir_, at_.segment))) {}

std::uint64_t Walk::segment_end() const {
  return limit_ && limit_->segment == at_.segment ? limit_->offset : file_.size();
}

bool Walk::next_segment_exists() const {
  return limit_ ? at_.segment < limit_->segment : segment_exists(dir_, at_.segment + 1);
}

Looked Walk::next() {
  for (;;) {
    // Asked in this order: a writer finishes a segment before it begins the next.
    const bool more = next_segment_exists();
    Looked looked = look_at(file_, at_, segment_end());
    if (looked.entry) at_ = looked.entry->end;
    if (!looked.end || !more) return looked;
    go_to({at_.segment + 1, 0});
  }
}

void Walk::go_to(LogPosition position) {
  if (position.segment != at_.segment) file_ = File::to_read(segment_path(dir_, position.segment));
  at_ = position;
}

Spot judge(const Walk& walk, const Looked& stopped, LogPosition known_good) {
  const LogPosition spot = walk.position();
  const bool more = walk.next_segment_exists();
  // A sound header tells where the entry ends: a mail's content is not searched for entries.
  const LogPosition behind =
      stopped.entry ? stopped.entry->end : LogPosition{spot.segment, spot.offset + tar_block};
  const std::optional<Entry> later = find_entry(walk.file(), behind, walk.segment_end());
  // Only now, so that what a writer finished in the meantime does not look like damage.
  const Looked again = look_at(walk.file(), spot, walk.segment_end());
  if (again.entry && content_fault(walk.file(), *again.entry).empty()) return Spot::whole;
  if (spot < known_good || more || again.moved) return Spot::damaged;
  if (!later) return Spot::torn;
  return later->header.synced > spot || known_good < later->header.synced ? Spot::damaged : Spot::torn;
}

}  // namespace papertray
