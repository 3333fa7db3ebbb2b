// What people decide, as it changes the database. Whether they may was judged before the event was
// written (desk/); here the log is believed, as everywhere.
#include <fmt/format.h>

#include "core/error.h"
#include "store/batch.h"
#include "store/reader_rows.h"

namespace papertray {
namespace {

std::string with_note(std::string text, const std::string& note) {
  return note.empty() ? text : std::move(text) + ": " + note;
}

}  // namespace

std::int64_t SqliteBatch::submission_labelled(const std::string& id) {
  const std::optional<Label> wanted = parse_label(id);
  if (wanted) {
    Query query(db_, "SELECT id FROM submission WHERE prefix = ?1 AND number = ?2 ORDER BY id LIMIT 1",
                wanted->prefix, wanted->number);
    if (query.next()) return query.integer(0);
  }
  throw Failure({Scope::store, Again::person, Exit::bad_data,
                 "the log tells of a decision about " + id + ", which is not in " + db_.path() +
                     "; run papertray rebuild"});
}

std::int64_t SqliteBatch::message_labelled(const std::string& id) {
  if (const std::optional<Label> wanted = parse_label(id)) {
    Query query(db_, "SELECT id FROM message WHERE id = ?1", wanted->number);
    if (query.next()) return query.integer(0);
  }
  throw Failure({Scope::store, Again::person, Exit::bad_data,
                 "the log tells of a decision about " + id + ", which is not in " + db_.path() +
                     "; run papertray rebuild"});
}

std::int64_t SqliteBatch::add_order(const Event& event, const std::string& command) {
  Query(db_, "INSERT INTO desk_order (at, actor, command) VALUES (?1, ?2, ?3)", event.at, event.actor,
        command)
      .run();
  return db_.last_id();
}

std::int64_t SqliteBatch::add_act(const ActRow& row) {
  Query(db_,
        "INSERT INTO act (desk_order, kind, submission, message, target, panel, note, was, was_reason,"
        " was_track, was_spam_folder, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        row.order, act_name(row.kind), row.submission, row.message, row.target, row.panel, row.note,
        row.was, row.was_reason, row.was_track, row.was_spam_folder, row.text)
      .run();
  return db_.last_id();
}

Candidate SqliteBatch::submission_called(const std::string& id) {
  require_open();
  Query query(
      db_,
      "SELECT t.id, t.number, t.state, t.final_copy IS NOT NULL FROM submission s JOIN submission t"
      " ON t.id = coalesce(s.merged_into, s.id) WHERE s.id = ?1",
      submission_labelled(id));
  query.next();
  Candidate candidate;
  candidate.id = query.integer(0);
  candidate.number = static_cast<int>(query.integer(1));
  candidate.state = *state_from_name(query.text(2));
  candidate.final_copy = query.flag(3);
  candidate.told = told_accepted(db_, candidate.id);
  return candidate;
}

void SqliteBatch::add_route(const Event& event, const Routed& routed, std::int64_t message,
                            std::optional<std::int64_t> submission) {
  require_open();
  const FateBefore& before = decided_anew_.at(message);
  const std::int64_t act = add_act({.order = add_order(event, routed.command),
                                    .kind = ActKind::route,
                                    .message = message,
                                    .target = submission,
                                    .note = routed.note,
                                    .was = before.fate,
                                    .was_reason = before.reason,
                                    .was_track = before.track,
                                    .was_spam_folder = before.spam_folder});
  Query(db_, "UPDATE note SET open = 0, closed_by = ?2 WHERE message = ?1 AND open = 1", message, act)
      .run();
}

// With a mail on record the intake reads it again and never comes here.
void SqliteBatch::apply_one(const Event&, const Routed& routed) {
  throw Failure({Scope::store, Again::person, Exit::bad_data,
                 "the log says what mail " + routed.sha256 + " is, but " + db_.path() +
                     " never had it; run papertray rebuild"});
}

void SqliteBatch::apply_one(const Event& event, const Acted& acted) {
  const std::int64_t order = add_order(event, acted.command);
  for (const Act& act : acted.acts) {
    if (act.kind == ActKind::dismiss)
      dismiss(event, order, act);
    else
      act_on_submission(order, act);
  }
}

void SqliteBatch::act_on_submission(std::int64_t order, const Act& act) {
  ActRow row{.order = order, .kind = act.kind, .panel = act.panel, .note = act.note, .text = act.text};
  const std::int64_t submission = submission_labelled(act.id);
  row.submission = submission;
  if (act.kind == ActKind::merge) row.target = submission_labelled(act.into);
  Query before(db_,
               "SELECT state, panel, hidden, right_title, right_authors FROM submission WHERE id = ?1",
               row.target.value_or(submission));
  before.next();
  const std::string state = before.text(0);
  const bool shown = act.kind == ActKind::hide || act.kind == ActKind::restore;
  row.was = act.kind == ActKind::panel     ? before.text(1)
            : shown                        ? before.text(2)
            : act.kind == ActKind::title   ? before.text(3)
            : act.kind == ActKind::authors ? before.text(4)
                                           : state;

  const std::int64_t done = add_act(row);
  set_state(row.target.value_or(submission), state_after(act.kind, *state_from_name(state)));
  if (act.kind == ActKind::merge) merge(done, submission, *row.target);
  if (act.kind == ActKind::panel)
    Query(db_, "UPDATE submission SET panel = nullif(?2, 0) WHERE id = ?1", submission, act.panel).run();
  if (shown)
    Query(db_, "UPDATE submission SET hidden = ?2 WHERE id = ?1", submission, act.kind == ActKind::hide)
        .run();
  correct(act.kind, submission, act.text);
  if (act.kind == ActKind::excuse)
    Query(db_,
          "UPDATE version SET on_time = 1, excused = ?2 WHERE submission = ?1 AND excused IS NULL"
          " AND CASE WHEN final THEN received_at > final_due_at ELSE on_time = 0 END",
          submission, done)
        .run();
  close_notes(done, settled_command(act));
}

void SqliteBatch::correct(ActKind kind, std::int64_t submission, const std::string& text) {
  if (kind == ActKind::authors)
    Query(db_, "UPDATE submission SET right_authors = ?2 WHERE id = ?1", submission, text).run();
  if (kind != ActKind::title) return;
  Query(db_, "UPDATE submission SET right_title = ?2 WHERE id = ?1", submission, text).run();
  retitle(submission);
}

// Every version bears the title that a person gave the paper, so that no list has to look for one; else
// its own.
void SqliteBatch::retitle(std::int64_t submission) {
  Query(db_,
        "UPDATE version SET title = CASE WHEN s.right_title <> '' THEN s.right_title ELSE coalesce("
        " (SELECT nullif(c.title, '') FROM paper_check c"
        "  WHERE c.sha256 = version.sha256 AND c.track = s.track), version.mail_title) END"
        " FROM submission s WHERE s.id = ?1 AND version.submission = s.id",
        submission)
      .run();
  Query right(db_, "SELECT right_title FROM submission WHERE id = ?1", submission);
  if (right.next()) add_title_keys(submission, right.text(0));
}

void SqliteBatch::set_state(std::int64_t submission, SubmissionState state) {
  Query(db_, "UPDATE submission SET state = ?2 WHERE id = ?1 AND state <> ?2", submission,
        state_name(state))
      .run();
}

// Every note that waits with this command, whoever's mail brought it.
void SqliteBatch::close_notes(std::int64_t act, const std::string& command) {
  if (command.empty()) return;
  // A command that ends with a blank goes on with what does not matter here.
  const bool goes_on = command.ends_with(' ');
  Query(db_,
        "UPDATE note SET open = 0, closed_by = ?1 WHERE open = 1 AND"
        " CASE WHEN ?3 THEN instr(text, ?2) > 0 ELSE substr(text, -length(?2)) = ?2 END",
        act, command, goes_on)
      .run();
}

void SqliteBatch::dismiss(const Event& event, std::int64_t order, const Act& act) {
  const std::int64_t message = message_labelled(act.id);
  Query before(db_, "SELECT fate, reason FROM message WHERE id = ?1", message);
  before.next();
  ActRow row{.order = order,
             .kind = act.kind,
             .message = message,
             .note = act.note,
             .was = before.text(0),
             .was_reason = before.text(1)};
  const std::int64_t done = add_act(row);
  Query(db_, "UPDATE note SET open = 0, closed_by = ?2 WHERE message = ?1 AND open = 1", message, done)
      .run();
  // What is recorded stays so: only its notes are settled.
  if (row.was == fate_name(Fate::recorded)) return;
  // The fate is a person's from now on, no spam folder's.
  Query(db_, "UPDATE message SET fate = 'ignored', reason = ?2, spam_folder = '' WHERE id = ?1", message,
        with_note("dismissed by " + event.actor, act.note))
      .run();
}

}  // namespace papertray
