// Which mail's bytes are on their way into the log right now, noted where it outlives the program: so
// that a mail at which papertray dies before the log has it does not end every start after it. What
// comes after that, attempt.h sees to.
//
// Noted is only while papertray itself works on the bytes, not while it waits for more of them: a person
// who ends a slow download is no death. One at which papertray has died three times is left where it is,
// with the fate quarantined. Not at the second, as with what is in the log: nothing of it is kept here,
// so somebody has to fetch it by hand.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "intake/place.h"

namespace papertray {

inline constexpr int deaths_of_an_arrival = 3;

// A place in few bytes; 0: none.
using PlaceKey = std::uint64_t;
PlaceKey key_of(const Place& place);

struct ArrivalSuspect {
  PlaceKey place = 0;
  int deaths = 0;  // at it; 0: this is nobody
  bool operator==(const ArrivalSuspect&) const = default;
};
using ArrivalSuspects = std::array<ArrivalSuspect, 4>;  // the oldest make room

class ArrivalNote {
 public:
  virtual ~ArrivalNote() = default;
  // What arrived when the program ended; 0: nothing. Unreadable is nothing, too: it is a hint.
  virtual PlaceKey arriving() const = 0;
  virtual ArrivalSuspects arrival_suspects() const = 0;
  // Each survives the end of the program, not that of the machine. Throw Failure (store, cannot_write).
  virtual void note_arriving(PlaceKey place) = 0;
  virtual void note_arrival_suspects(const ArrivalSuspects& suspects) = 0;
};

// Keeps the note. For one thread.
class Arrivals {
 public:
  // `note` may be nullptr: nothing is noted.
  explicit Arrivals(ArrivalNote* note) : note_(note) {}

  // At a start: reckons up what was cut off.
  void look_back();
  int deaths(PlaceKey place) const;
  // It has come whole, or is left where it is.
  void acquit(PlaceKey place);

  void enter(PlaceKey place);
  // Whatever ends it in an orderly way, an exception too, is no death.
  void leave() noexcept;

 private:
  ArrivalNote* note_;
  ArrivalSuspects suspects_{};
  PlaceKey now_ = 0;
};

}  // namespace papertray
