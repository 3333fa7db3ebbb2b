// Reading the log: in order, and as a whole.
#include <utility>

#include <fmt/format.h>

#include "log/log_error.h"
#include "log/segments.h"
#include "log/tar_log.h"
#include "log/walk.h"

namespace papertray {

std::optional<LogPosition> TarLog::writers_end() const {
  return mode_ == Mode::write ? std::optional(end_) : std::nullopt;
}

LogPosition TarLog::end() const {
  if (mode_ == Mode::write) return end_;
  if (last_segment(dir_) == 0) return {};
  Walk walk(dir_, known_good_);
  for (;;) {
    const Looked looked = walk.next();
    if (looked.entry) continue;
    if (looked.end) return walk.position();
    const Spot spot = judge(walk, looked, known_good_);
    if (spot == Spot::torn) return walk.position();
    if (spot == Spot::damaged) throw damaged_log(walk.file().path(), walk.position().offset, looked.why);
  }
}

void TarLog::read_from(LogPosition from, const std::function<bool(const LogEntry&)>& entry) const {
  require_position(dir_, from);
  if (last_segment(dir_) == 0) return;
  Walk walk(dir_, from, writers_end());
  for (;;) {
    const Looked looked = walk.next();
    if (looked.end) return;
    if (looked.entry) {
      if (!entry(log_entry(walk.file(), *looked.entry))) return;
      continue;
    }
    const Spot spot = judge(walk, looked, known_good_);
    if (spot == Spot::damaged || mode_ == Mode::write)
      throw damaged_log(walk.file().path(), walk.position().offset, looked.why);
    if (spot == Spot::torn) return;
  }
}

std::vector<LogDamage> TarLog::verify(LogPosition from) const {
  std::vector<LogDamage> found;
  require_position(dir_, from);
  if (last_segment(dir_) == 0) return found;
  Walk walk(dir_, from, writers_end());
  const auto tell = [&](LogPosition at, std::string_view what) {
    found.push_back({at, fmt::format("{}: {}", position_text(at), what)});
  };
  std::optional<std::uint64_t> events;  // up to here; unknown at first and after damage
  if (from == LogPosition{}) events = 0;
  for (;;) {
    Looked looked = walk.next();
    if (looked.end) return found;
    if (looked.entry) {
      const EntryHeader& header = looked.entry->header;
      const std::uint64_t own = header.kind == EntryKind::event ? 1 : 0;
      if (events && *events + own != header.events)
        tell(header.at, fmt::format("event {} should come next, not {}", *events + 1, header.events));
      events = header.events;
      looked.why = content_fault(walk.file(), *looked.entry);
      if (looked.why.empty()) continue;
      walk.go_to(header.at);
    }
    const LogPosition spot = walk.position();
    const Spot judged = judge(walk, looked, known_good_);
    if (judged == Spot::torn && mode_ == Mode::read) return found;
    if (judged == Spot::whole) continue;
    tell(spot, looked.why);
    if (looked.entry) {
      walk.go_to(looked.entry->end);
      continue;
    }
    events.reset();
    const LogPosition behind{spot.segment, spot.offset + tar_block};
    if (const std::optional<Entry> next = find_entry(walk.file(), behind, walk.segment_end()))
      walk.go_to(next->header.at);
    else if (walk.next_segment_exists())
      walk.go_to({spot.segment + 1, 0});
    else
      return found;
  }
}

}  // namespace papertray
