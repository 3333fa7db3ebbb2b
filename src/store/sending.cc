#include "store/sending.h"

namespace papertray {

std::optional<OutboxPause> find_pause(Connection& db) {
  Query query(db, "SELECT reason, until_at FROM outbox_pause");
  if (!query.next()) return std::nullopt;
  return OutboxPause{.reason = query.text(0), .until = query.maybe_time(1)};
}

// An attempt that was cut off by a kill has no end: it may have arrived.
std::vector<Time> find_sent_after(Connection& db, Time since) {
  Query query(db,
              "SELECT begun_at FROM outbox_attempt WHERE begun_at > ?1"
              " AND (ended_at IS NULL OR state IN ('sent', 'unknown')) ORDER BY begun_at",
              since);
  std::vector<Time> times;
  while (query.next())
    times.push_back(query.time(0));
  return times;
}

}  // namespace papertray
