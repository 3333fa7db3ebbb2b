// What comes back about the outbox's rows.
#include "store/batch.h"

namespace papertray {

std::optional<SentReceipt> SqliteBatch::outbox_by_token(const std::string& token) {
  require_open();
  Query query(db_,
              "SELECT o.id, o.recipient, o.state, s.prefix, s.number, o.message, o.kind FROM outbox o"
              " LEFT JOIN submission s ON s.id = o.submission WHERE o.token = ?1",
              token);
  if (!query.next()) return std::nullopt;
  return SentReceipt{.id = query.integer(0),
                     .to = query.text(1),
                     .state = *outbox_state_from_name(query.text(2)),
                     .submission = query.null(3) ? "" : query.text(3) + "-" + query.text(4),
                     .message = query.integer(5),
                     .kind = query.text(6)};
}

void SqliteBatch::bounce_outbox(std::int64_t row, std::int64_t message, const std::string& reason) {
  require_open();
  Query(db_,
        "UPDATE outbox SET state = 'failed', reason = ?2, next_try_at = NULL, bounce = ?3 WHERE id = ?1",
        row, reason, message)
      .run();
}

}  // namespace papertray
