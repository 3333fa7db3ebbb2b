#include "intake/attempt.h"

#include <exception>

namespace papertray {

Attempting::Attempting(AttemptNote* note, LogPosition from, LogPosition to, bool alone) : note_(note) {
  if (!note_) return;
  RecordAttempt attempt{.from = from, .to = to, .alone = alone, .times = 1};
  if (const auto last = note_->last(); last && last->from == from && last->alone == alone)
    attempt.times = last->times + 1;
  note_->note(attempt);
}

Attempting::~Attempting() {
  if (!note_) return;
  try {
    note_->note(std::nullopt);
  } catch (const std::exception&) {
    // A full disk, no memory: what is recorded is recorded, and a note left behind is of a place that
    // the database has passed, or counts as one death of the four that it takes.
  }
}

}  // namespace papertray
