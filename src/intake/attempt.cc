#include "intake/attempt.h"

#include <algorithm>
#include <exception>

#include "intake/suspects.h"

namespace papertray {
namespace {

bool is_entry(LogPosition end) {
  return end.offset > 0;
}

}  // namespace

std::optional<LogPosition> Attempts::look_back(LogPosition position) {
  if (!note_) return std::nullopt;
  const std::lock_guard hold(mutex_);
  now_ = {};
  const std::optional<RecordAttempt> last = note_->last();
  if (!last) return std::nullopt;
  for (const Suspect& suspect : last->suspects)
    if (suspect.end > position)
      now_.suspects[static_cast<std::size_t>(&suspect - last->suspects.data())] = suspect;
  if (last->recording > position && is_entry(last->recording))
    add_death(now_.suspects, &Suspect::end, last->recording);
  if (last->inspecting > position && is_entry(last->inspecting) && last->inspecting != last->recording)
    add_death(now_.suspects, &Suspect::end, last->inspecting);
  const LogPosition to = std::max(last->to, last->inspecting);
  return to > position ? std::optional(to) : std::nullopt;
}

void Attempts::acquit(LogPosition end) {
  const std::lock_guard hold(mutex_);
  for (Suspect& suspect : now_.suspects)
    if (suspect.end == end) suspect = {};
}

void Attempts::begin(LogPosition to) {
  if (!note_) return;
  const std::lock_guard hold(mutex_);
  now_.to = to;
  begun_ = true;
  write();
}

void Attempts::recording(LogPosition end) {
  if (!note_) return;
  const std::lock_guard hold(mutex_);
  now_.recording = end;
  write();
}

void Attempts::inspecting(LogPosition end) {
  if (!note_) return;
  const std::lock_guard hold(mutex_);
  now_.inspecting = end;
  write();
}

void Attempts::end() noexcept {
  if (!note_) return;
  try {
    const std::lock_guard hold(mutex_);
    now_.to = now_.recording = {};
    begun_ = false;
    write();
  } catch (const std::exception&) {
    // A full disk, no memory: the note left behind is of what is recorded, which look_back passes over,
    // or counts as one death of the two that it takes.
  }
}

void Attempts::inspected() noexcept {
  if (!note_) return;
  try {
    inspecting({});
  } catch (const std::exception&) {
    // As above.
  }
}

void Attempts::write() {
  if (begun_ || is_entry(now_.inspecting))
    note_->note(now_);
  else
    note_->note(std::nullopt);
}

}  // namespace papertray
