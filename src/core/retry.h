// What becomes of a row of the outbox after a delivery attempt (facts: mail-safety, "Acknowledging").
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"

namespace papertray {

// held: the configuration says that a person sends it. paused: a person took it out of the queue.
enum class OutboxState { queued, sending, sent, unknown, failed, suppressed, held, paused, dropped };

std::string_view outbox_state_name(OutboxState state);
std::optional<OutboxState> outbox_state_from_name(std::string_view name);

// What the transport saw of one attempt.
enum class Delivery {
  accepted,       // 2xx after the final dot
  refused_later,  // 4xx, or the server was not reached before DATA's end
  refused,        // 5xx
  ambiguous,      // all bytes were handed over, no answer came
  quota,          // 550 5.4.5, 421 4.7.0: nobody can be written to for now
  credentials,    // 535, 534, 530: login refused
  unreachable,    // no connection
};

struct Attempt {
  Delivery delivery = Delivery::unreachable;
  int code = 0;      // SMTP reply code, 0 when there was none
  std::string text;  // the server's words, or ours, one line
};

struct NextStep {
  OutboxState state = OutboxState::queued;
  std::optional<Time> next_try;     // when state is queued or unknown and will be tried again
  std::optional<Time> pause_until;  // nothing at all is sent before
  std::string reason;               // one line
};

// `attempts` counts this one; `first` is when the row was queued. A row that ended in `ambiguous`
// goes out once more with the same bytes after 30 minutes (RFC 5321 4.5.4.1), and never a third
// time without a person: `was_unknown` says that this attempt was that second one.
NextStep next_step(const Attempt& attempt, int attempts, bool was_unknown, Time first, Time now);

}  // namespace papertray
