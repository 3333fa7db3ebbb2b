// What is being worked on right now, noted where it outlives the program: so that a mail at which
// papertray itself dies is found out at the next start, and passed by, instead of ending every start
// after it.
//
// Each thread notes the entry that it has before it. After a death the entries of then are taken one at
// a time, and one at which papertray dies a second time is set aside by an event (PassedBy), which
// stands in the log before the entry is reached again. One death is nobody's fault: a kill, a power cut,
// a machine out of memory. Two in the same few milliseconds of the same mail are taken for that mail's.
#pragma once

#include <array>
#include <mutex>
#include <optional>

#include "intake/log.h"

namespace papertray {

// The death of a mail at which it is set aside.
inline constexpr int deaths_of_a_mail = 2;
// What a person or papertray itself wrote cannot be set aside: from here on papertray does not start.
// Commands are killed more easily, by who waits for them.
inline constexpr int deaths_of_an_event = 4;

struct Suspect {
  LogPosition end;  // of the entry
  int deaths = 0;   // at it; 0: this is nobody
};
using Suspects = std::array<Suspect, 4>;  // more than two threads can leave; the oldest make room

struct RecordAttempt {
  LogPosition to;  // the end of what was to be recorded
  // Ends of the entries that are before the two threads; without an offset: none.
  LogPosition recording, inspecting;
  Suspects suspects{};  // of earlier deaths
};

class AttemptNote {
 public:
  virtual ~AttemptNote() = default;
  // What was begun and never ended; nullopt: nothing. Unreadable is nothing, too: it is a hint.
  virtual std::optional<RecordAttempt> last() const = 0;
  // Replaces it. Survives the end of the program, not that of the machine: nothing is synced for it.
  // Throws Failure (store, cannot_write).
  virtual void note(const std::optional<RecordAttempt>& attempt) = 0;
};

// Keeps the note. Both threads call it.
class Attempts {
 public:
  // `note` may be nullptr: nothing is noted, and a mail that ends the program ends it again.
  explicit Attempts(AttemptNote* note) : note_(note) {}

  // At a start: reckons up what was cut off and is not in the database, which has reached `position`. Up
  // to where the log is to be taken one entry at a time; nullopt: nothing was cut off.
  std::optional<LogPosition> look_back(LogPosition position);
  // Those at which papertray has died.
  Suspects suspects() const { return now_.suspects; }
  // It is set aside.
  void acquit(LogPosition end);

  void begin(LogPosition to);
  void recording(LogPosition end);
  void inspecting(LogPosition end);
  // Whatever ends it in an orderly way, an exception too, is no death.
  void end() noexcept;
  void inspected() noexcept;

 private:
  void write();

  AttemptNote* note_;
  std::mutex mutex_;
  RecordAttempt now_;
  bool begun_ = false;
};

// An attempt for as long as it lives.
class Attempting {
 public:
  Attempting(Attempts& attempts, LogPosition to) : attempts_(attempts) { attempts_.begin(to); }
  ~Attempting() { attempts_.end(); }
  Attempting(const Attempting&) = delete;
  Attempting& operator=(const Attempting&) = delete;

 private:
  Attempts& attempts_;
};

}  // namespace papertray
