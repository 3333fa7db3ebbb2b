// What each event of the log changes in the database.
#include <variant>

#include "core/error.h"
#include "store/batch.h"

namespace papertray {

void SqliteBatch::apply(const Event& event) {
  require_open();
  std::visit([&](const auto& what) { apply_one(event, what); }, event.what);
}

void SqliteBatch::apply_one(const Event& event, const RulesLoaded& rules) {
  Query(db_,
        "INSERT INTO rules (loaded_at, actor, path, from_field, toml, per_address, authserv, checks)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        event.at, event.actor, rules.path, rules.from, rules.toml, rules.per_address, rules.authserv,
        rules.checks)
      .run();
  const std::int64_t id = db_.last_id();
  for (const auto& [name, text] : rules.templates)
    Query(db_, "INSERT INTO rules_template (rules, name, text) VALUES (?1, ?2, ?3)", id, name, text)
        .run();
  for (const auto& [name, text] : rules.styles)
    Query(db_, "INSERT INTO rules_style (rules, name, text) VALUES (?1, ?2, ?3)", id, name, text).run();
}

void SqliteBatch::apply_one(const Event&, const SeenAgain& again) {
  const std::optional<std::int64_t> message = message_by_sha256(again.sha256);
  if (!message)
    throw Failure({Scope::store, Again::person, Exit::bad_data,
                   "the log says that mail " + again.sha256 + " was seen again, but " + db_.path() +
                       " never had it; run papertray rebuild"});
  add_place(again.facts, *message);
}

void SqliteBatch::apply_one(const Event& event, const Marked& marked) {
  const std::int64_t in = folder(marked.account, marked.folder, marked.uidvalidity);
  // Marks are a courtesy to people: one on a place we do not know changes nothing of ours.
  for (const std::uint32_t uid : marked.uids)
    Query(db_, "UPDATE place SET marked_at = ?1 WHERE folder = ?2 AND uid = ?3 AND marked_at IS NULL",
          event.at, in, uid)
        .run();
}

void SqliteBatch::apply_one(const Event& event, const Vanished& vanished) {
  add_lost_place(vanished.place, event.at, Fate::vanished,
                 "deleted or moved by somebody else before it was read");
}

void SqliteBatch::apply_one(const Event&, const PassedBy&) {
  // It is about an entry before it, and was heeded there.
}

void SqliteBatch::apply_one(const Event& event, const Refused& refused) {
  add_lost_place(refused.place, event.at, Fate::quarantined, refused.why);
}

std::int64_t SqliteBatch::outbox_row(const std::string& token) {
  Query query(db_, "SELECT id FROM outbox WHERE token = ?1", token);
  if (!query.next())
    throw Failure({Scope::store, Again::person, Exit::bad_data,
                   "the log tells of sending " + token + ", which is not in " + db_.path() +
                       "; run papertray rebuild"});
  return query.integer(0);
}

void SqliteBatch::apply_one(const Event& event, const SendingBegun& begun) {
  const std::int64_t row = outbox_row(begun.token);
  Query(db_,
        "UPDATE outbox SET state = 'sending', attempts = attempts + 1, next_try_at = NULL WHERE id = ?1",
        row)
      .run();
  Query(db_,
        "INSERT INTO outbox_attempt (outbox, number, begun_at)"
        " SELECT ?1, coalesce(max(number), 0) + 1, ?2 FROM outbox_attempt WHERE outbox = ?1",
        row, event.at)
      .run();
}

void SqliteBatch::apply_one(const Event& event, const SendingEnded& ended) {
  const std::int64_t row = outbox_row(ended.token);
  const std::string_view state = outbox_state_name(ended.state);
  const std::optional<std::int64_t> next =
      ended.next_try == 0 ? std::nullopt : std::optional(ended.next_try);
  Query(db_,
        "UPDATE outbox SET state = ?2, reason = ?3, next_try_at = ?4,"
        " was_unknown = was_unknown OR ?2 = 'unknown' WHERE id = ?1",
        row, state, ended.reason, next)
      .run();
  // The attempt that is under way; when the row was ended without one, that is a line of its history
  // too.
  Query(db_,
        "UPDATE outbox_attempt SET ended_at = ?2, state = ?3, reason = ?4, next_try_at = ?5"
        " WHERE outbox = ?1 AND ended_at IS NULL",
        row, event.at, state, ended.reason, next)
      .run();
  if (db_.changes() == 0) add_outbox_line(row, event.at, state, ended.reason, next);
}

void SqliteBatch::add_outbox_line(std::int64_t row, Time at, std::string_view state,
                                  const std::string& reason, std::optional<std::int64_t> next) {
  Query(db_,
        "INSERT INTO outbox_attempt (outbox, number, begun_at, ended_at, state, reason, next_try_at)"
        " SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?2, ?3, ?4, ?5 FROM outbox_attempt WHERE outbox "
        "= ?1",
        row, at, state, reason, next)
      .run();
}

// The first tries begin anew: a person has looked.
void SqliteBatch::apply_one(const Event& event, const RowsOrdered& ordered) {
  const std::string_view state = outbox_state_name(ordered.state);
  const std::string reason = ordered.reason + " (" + event.actor + ")";
  for (const std::string& token : ordered.tokens) {
    const std::int64_t row = outbox_row(token);
    Query(db_,
          "UPDATE outbox SET state = ?2, reason = ?3, next_try_at = NULL, attempts = 0 WHERE id = ?1",
          row, state, reason)
        .run();
    add_outbox_line(row, event.at, state, reason, std::nullopt);
    drop_draft(row);  // it goes, or stays, as it is
  }
}

void SqliteBatch::apply_one(const Event& event, const OutboxPaused& paused) {
  const std::optional<std::int64_t> until =
      paused.until == 0 ? std::nullopt : std::optional(paused.until);
  Query(db_,
        "INSERT OR REPLACE INTO outbox_pause (one, since_at, until_at, actor, reason)"
        " VALUES (1, ?1, ?2, ?3, ?4)",
        event.at, until, event.actor, paused.reason)
      .run();
}

void SqliteBatch::apply_one(const Event&, const OutboxResumed&) {
  Query(db_, "DELETE FROM outbox_pause").run();
}

}  // namespace papertray
