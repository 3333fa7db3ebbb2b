// Sends what the outbox holds. The log says "sending" before a byte leaves us, so that after a kill
// we know which receipts may have gone out, and none goes out a third time.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/send_limits.h"
#include "intake/clock.h"
#include "intake/event.h"
#include "intake/log.h"
#include "intake/store.h"
#include "intake/transport.h"
#include "intake/watcher.h"

namespace papertray {

struct Sent {
  std::size_t accepted = 0;
  std::size_t later = 0;  // will be tried again
  std::size_t failed = 0;
  std::size_t unknown = 0;
  std::string paused;         // why nothing more was sent though some is due, "" for nothing
  std::optional<Time> again;  // when it goes on by itself; only while paused
};

class Outbox {
 public:
  Outbox(Log& log, Store& store, const Clock& clock, Watcher& watcher, SendLimits limits = {});

  // Rows that a killed run left in state sending become unknown, to go out once more with the same
  // bytes. Call it once, after Intake::recover().
  void settle_interrupted();

  // Sends all rows that are due, as long as neither a pause nor the day's limit forbids it; `stop` is
  // asked between two mails.
  Sent send_due(
      Transport& transport, const std::function<bool()>& stop = [] { return false; });

  // A person's orders; the caller has judged them (core/outbox_order.h).
  void order(const std::string& actor, RowsOrdered rows);
  void pause(const std::string& actor, const std::string& reason);
  void resume(const std::string& actor);

 private:
  // Why nothing may be sent now, in `sent`; a pause that is over is ended.
  bool may_send(Sent& sent);
  void commit(std::vector<Event> events);
  Event ended(const OutboxRow& row, OutboxState state, const std::string& reason,
              std::optional<Time> next);

  Log& log_;
  Store& store_;
  const Clock& clock_;
  Watcher& watcher_;
  SendLimits limits_;
};

}  // namespace papertray
