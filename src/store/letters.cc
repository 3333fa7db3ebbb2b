// Letters that people send: what they tell of, their rows, and what takes them back.
#include "core/error.h"
#include "store/batch.h"

namespace papertray {

AboutSubmission SqliteBatch::about(const std::string& id) {
  require_open();
  Query query(db_,
              "SELECT s.id, s.track, coalesce(nullif(v.title, ''), s.title), v.version, v.received_at,"
              " v.file_name, v.size, v.sha256, m.id, m.message_id FROM submission s"
              " JOIN version v ON v.id = s.counting JOIN message m ON m.id = v.message WHERE s.id = ?1",
              submission_labelled(id));
  if (!query.next())
    throw Failure({Scope::store, Again::person, Exit::bad_data,
                   "the log tells of a letter about " + id + ", which has no version in " + db_.path() +
                       "; run papertray rebuild"});
  return {.submission = query.integer(0),
          .track = query.text(1),
          .title = query.text(2),
          .version = static_cast<int>(query.integer(3)),
          .received = query.time(4),
          .file_name = query.text(5),
          .size = static_cast<std::uint64_t>(query.integer(6)),
          .sha256 = query.text(7),
          .message = query.integer(8),
          .message_id = query.text(9)};
}

std::int64_t SqliteBatch::begin_order(const Event& event, const std::string& command) {
  require_open();
  return add_order(event, command);
}

void SqliteBatch::add_letter(std::int64_t order, const OutboxRecord& row, const std::string& note) {
  add_outbox(row);
  // What it was before is nothing; which row it is says how to take it back.
  add_act({.order = order,
           .kind = ActKind::notify,
           .submission = row.submission,
           .note = note.empty() ? row.kind : row.kind + ", " + note,
           .was = std::to_string(db_.last_id())});
}

void SqliteBatch::drop_letter(const DoneAct& act, const Event& event) {
  drop_row(std::stoll(act.was), event);
}

void SqliteBatch::drop_row(std::int64_t row, const Event& event) {
  const std::string reason = "taken back by " + event.actor;
  Query(db_, "UPDATE outbox SET state = 'dropped', reason = ?2, next_try_at = NULL WHERE id = ?1", row,
        reason)
      .run();
  add_outbox_line(row, event.at, "dropped", reason, std::nullopt);
}

// The intake gives them their words and never comes here.
void SqliteBatch::apply_one(const Event&, const LettersOrdered&) {
  throw Failure({Scope::program, Again::never, Exit::bad_data,
                 "letters were to be recorded without their words; please report this"});
}

}  // namespace papertray
