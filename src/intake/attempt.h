// What is being recorded right now, noted where it outlives the program: so that a mail at which
// papertray itself dies is found out at the next start, and passed by, instead of ending every start
// after it.
//
// A batch at which the program died twice is taken one entry at a time; an entry alone at which it died
// twice more is set aside by an event (PassedBy), which stands in the log before the entry is reached
// again. So many deaths, since most are nobody's fault: a kill, a power cut, a machine out of memory.
#pragma once

#include <optional>

#include "intake/log.h"

namespace papertray {

struct RecordAttempt {
  LogPosition from;    // what the database had reached
  LogPosition to;      // the end of what was to be recorded
  bool alone = false;  // one entry, because the batch it was in had been begun in vain
  int times = 1;       // begun from there
};

// Deaths that are taken for chance: of a batch, then of an entry alone.
inline constexpr int deaths_allowed = 2;

class AttemptNote {
 public:
  virtual ~AttemptNote() = default;
  // What was begun and never ended; nullopt: nothing. Unreadable is nothing, too: it is a hint.
  virtual std::optional<RecordAttempt> last() const = 0;
  // Replaces it. Survives the end of the program, not that of the machine: nothing is synced for it.
  // Throws Failure (store, cannot_write).
  virtual void note(const std::optional<RecordAttempt>& attempt) = 0;
};

// Notes an attempt for as long as it lives. Whatever ends it in an orderly way, an exception too, is no
// death.
class Attempting {
 public:
  // `note` may be nullptr: nothing is noted.
  Attempting(AttemptNote* note, LogPosition from, LogPosition to, bool alone);
  ~Attempting();
  Attempting(const Attempting&) = delete;
  Attempting& operator=(const Attempting&) = delete;

 private:
  AttemptNote* note_;
};

}  // namespace papertray
