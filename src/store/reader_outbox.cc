// One row of the outbox, and how it stands with sending.
#include "core/send_limits.h"
#include "store/reader_rows.h"
#include "store/sending.h"
#include "store/sqlite_reader.h"

namespace papertray {
namespace {

std::vector<OutboxStep> steps_of(Connection& db, std::int64_t outbox) {
  std::vector<OutboxStep> steps;
  Query query(db,
              "SELECT begun_at, ended_at, state, reason, next_try_at FROM outbox_attempt"
              " WHERE outbox = ?1 ORDER BY number",
              outbox);
  while (query.next())
    steps.push_back({.begun = query.time(0),
                     .ended = query.maybe_time(1),
                     .state = query.text(2),
                     .reason = query.text(3),
                     .next_try = query.maybe_time(4)});
  return steps;
}

}  // namespace

std::optional<ShownLetter> SqliteReader::letter(std::int64_t outbox) const {
  const Snapshot still(*db_);
  static const std::string sql = std::string(select_outbox) + " WHERE o.id = ?1";
  Query head(*db_, sql, outbox);
  if (!head.next()) return std::nullopt;
  ShownLetter shown;
  shown.row = read_outbox(head);
  Query rest(*db_, "SELECT token, message, message_id, bytes FROM outbox WHERE id = ?1", outbox);
  rest.next();
  shown.token = rest.text(0);
  shown.message = rest.null(1) ? "" : "M-" + rest.text(1);
  shown.message_id = rest.text(2);
  shown.bytes = rest.text(3);
  shown.steps = steps_of(*db_, outbox);
  return shown;
}

Sending SqliteReader::sending(Time now) const {
  const Snapshot still(*db_);
  Sending sending;
  const std::optional<OutboxPause> pause = find_pause(*db_);
  // One that is over ends when the outbox next sends.
  if (pause && (!pause->until || now < *pause->until)) {
    sending.paused = pause->reason;
    sending.until = pause->until;
  }
  sending.sent = find_sent_after(*db_, now - limits_window);
  return sending;
}

}  // namespace papertray
