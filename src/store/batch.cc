#include "store/batch.h"

#include "core/error.h"
#include "core/fail_point.h"
#include "core/send_limits.h"

namespace papertray {

void SqliteBatch::require_open() const {
  if (!transaction_.open())
    throw Failure({Scope::program, Again::never, Exit::bad_data,
                   "a transaction of " + db_.path() + " was used after its end; please report this"});
}

std::optional<std::int64_t> SqliteBatch::message_by_sha256(const std::string& sha256) {
  require_open();
  Query query(db_, "SELECT id FROM message WHERE sha256 = ?1", sha256);
  if (!query.next()) return std::nullopt;
  return query.integer(0);
}

std::optional<std::int64_t> SqliteBatch::message_with_id(const std::string& message_id,
                                                         const std::string& sha256) {
  require_open();
  if (message_id.empty()) return std::nullopt;
  Query query(db_,
              "SELECT id FROM message WHERE message_id = ?1 AND message_id <> '' AND sha256 <> ?2"
              " ORDER BY id LIMIT 1",
              message_id, sha256);
  if (!query.next()) return std::nullopt;
  return query.integer(0);
}

std::int64_t SqliteBatch::add_message(const MessageRecord& record) {
  require_open();
  const MailClocks& clocks = record.clocks;
  const std::optional<Oversize>& oversize = record.facts.oversize;
  Query(
      db_,
      "INSERT INTO message (sha256, log_segment, log_offset, size, received_at, clock, internaldate_at,"
      " received_header_at, delivery_date_at, mbox_from_at, file_time_at, date_at, fetched_at, "
      "message_id,"
      " from_address, from_name, subject, fate, reason, track, spam_folder,"
      " whole_size, largest_size)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, "
      "?20, ?21, ?22, ?23)",
      record.sha256, record.ref.segment, record.ref.offset, record.ref.size, record.received.at,
      clock_name(record.received.clock), clocks.internaldate, clocks.received, clocks.delivery_date,
      clocks.mbox_from, clocks.file_time, clocks.date, clocks.fetched, record.message_id, record.from,
      record.from_name, record.subject, fate_name(record.decision.fate), record.decision.reason,
      record.decision.track, record.facts.spam ? record.facts.place.folder : "",
      oversize ? std::optional(static_cast<std::int64_t>(oversize->whole)) : std::nullopt,
      oversize ? std::optional(static_cast<std::int64_t>(oversize->largest)) : std::nullopt)
      .run();
  const std::int64_t id = db_.last_id();
  reached("db:message");
  add_place(record.facts, id);
  add_notes(id, record);
  return id;
}

void SqliteBatch::add_notes(std::int64_t message, const MessageRecord& record) {
  for (const std::string& note : record.notes)
    add_note(message, note, false);
  for (const std::string& note : record.open_notes)
    add_note(message, note, true);
}

std::optional<SpamMail> find_mail(Connection& db, const std::string& sha256) {
  Query query(db,
              "SELECT id, log_segment, log_offset, size, internaldate_at, mbox_from_at, file_time_at,"
              " fetched_at, spam_folder, whole_size, largest_size FROM message WHERE sha256 = ?1",
              sha256);
  if (!query.next()) return std::nullopt;
  SpamMail mail;
  mail.message = query.integer(0);
  mail.ref = {.segment = static_cast<std::uint32_t>(query.integer(1)),
              .offset = static_cast<std::uint64_t>(query.integer(2)),
              .size = static_cast<std::uint64_t>(query.integer(3))};
  mail.facts.size = mail.ref.size;
  mail.facts.internaldate = query.maybe_time(4);
  mail.facts.mbox_from = query.maybe_time(5);
  mail.facts.file_time = query.maybe_time(6);
  mail.facts.fetched = query.time(7);
  mail.facts.place.folder = query.text(8);
  mail.facts.spam = !mail.facts.place.folder.empty();
  if (const auto whole = query.maybe_integer(9))
    mail.facts.oversize = Oversize{.whole = static_cast<std::uint64_t>(*whole),
                                   .largest = static_cast<std::uint64_t>(query.integer(10))};
  return mail;
}

std::optional<SpamMail> find_spam_mail(Connection& db, const std::string& sha256) {
  std::optional<SpamMail> mail = find_mail(db, sha256);
  return mail && mail->facts.spam ? mail : std::nullopt;
}

std::optional<SpamMail> SqliteBatch::mail_on_record(const std::string& sha256) {
  require_open();
  return find_mail(db_, sha256);
}

std::optional<SpamMail> SqliteBatch::spam_mail(const std::string& sha256) {
  require_open();
  return find_spam_mail(db_, sha256);
}

void SqliteBatch::decide_anew(std::int64_t message, const MessageRecord& record) {
  require_open();
  {
    Query before(db_, "SELECT fate, reason, track, spam_folder FROM message WHERE id = ?1", message);
    before.next();
    decided_anew_[message] = {before.text(0), before.text(1), before.text(2), before.text(3)};
  }
  Query(db_, "UPDATE message SET fate = ?2, reason = ?3, track = ?4, spam_folder = '' WHERE id = ?1",
        message, fate_name(record.decision.fate), record.decision.reason, record.decision.track)
      .run();
  add_notes(message, record);
}

std::int64_t SqliteBatch::folder(const std::string& account, const std::string& name,
                                 std::uint32_t uidvalidity) {
  const auto [at, fresh] = folders_.try_emplace({account, name, uidvalidity}, 0);
  if (!fresh) return at->second;
  Query known(db_, "SELECT id FROM folder WHERE account = ?1 AND name = ?2 AND uidvalidity = ?3",
              account, name, uidvalidity);
  if (known.next()) return at->second = known.integer(0);
  Query(db_, "INSERT INTO folder (account, name, uidvalidity) VALUES (?1, ?2, ?3)", account, name,
        uidvalidity)
      .run();
  return at->second = db_.last_id();
}

void SqliteBatch::add_place(const MailFacts& facts, std::int64_t message) {
  require_open();
  const Place& place = facts.place;
  const std::optional<std::int64_t> gmail_id =
      facts.gmail_id == 0 ? std::nullopt : std::optional(static_cast<std::int64_t>(facts.gmail_id));
  // A place holds one mail for ever (RFC 9051 section 2.3.1.1). It may have been set aside before; a
  // file that changed under its name keeps its first message here, and the second one has its own row in
  // message.
  Query(db_,
        "INSERT INTO place (folder, uid, name, message, seen_at, internaldate_at, gmail_id)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        " ON CONFLICT (folder, uid, name) DO UPDATE SET message = excluded.message,"
        " seen_at = excluded.seen_at, internaldate_at = excluded.internaldate_at,"
        " gmail_id = excluded.gmail_id, fate = NULL, reason = NULL WHERE message IS NULL",
        folder(place.account, place.folder, place.uidvalidity), place.uid, place.name, message,
        facts.fetched, facts.internaldate, gmail_id)
      .run();
}

void SqliteBatch::add_lost_place(const Place& place, Time at, Fate fate, const std::string& reason) {
  // A place that has a message or a fate already keeps it.
  Query(db_,
        "INSERT INTO place (folder, uid, name, seen_at, fate, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        " ON CONFLICT (folder, uid, name) DO NOTHING",
        folder(place.account, place.folder, place.uidvalidity), place.uid, place.name, at,
        fate_name(fate), reason)
      .run();
}

int SqliteBatch::next_number(const std::string& track) {
  require_open();
  Query query(db_, "SELECT max(number) FROM submission WHERE track = ?1", track);
  return query.next() ? static_cast<int>(query.integer(0)) + 1 : 1;
}

std::int64_t SqliteBatch::add_submission(const SubmissionRecord& record) {
  require_open();
  Query(db_,
        "INSERT INTO submission (track, number, prefix, submitter, submitter_name, title)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        record.track, record.number, record.prefix, record.submitter, record.submitter_name,
        record.title)
      .run();
  return db_.last_id();
}

int SqliteBatch::next_version(std::int64_t submission) {
  require_open();
  Query query(db_, "SELECT versions FROM submission WHERE id = ?1", submission);
  return query.next() ? static_cast<int>(query.integer(0)) + 1 : 1;
}

// What else a version changes (which one counts, whose it is) the schema's triggers do.
void SqliteBatch::add_version(const VersionRecord& record) {
  require_open();
  Query(db_,
        "INSERT INTO version (submission, version, message, received_at, due_at, on_time, margin_s, "
        "file_name,"
        " size, sha256, paper_file, title, mail_title, final, final_due_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12, ?13, ?14)",
        record.submission, record.version, record.message, record.received, record.due, record.on_time,
        record.margin.count(), record.file_name, record.size, record.sha256, record.paper_file,
        record.title, record.final_copy, record.final_due)
      .run();
  const std::int64_t version = db_.last_id();
  add_title_keys(record.submission, record.title);
  if (!record.paper_file.empty()) adopt_check(version, record.sha256, record.submission);
  if (record.text.empty()) return;
  Query(db_, "INSERT INTO version_text (version, text, full_text) VALUES (?1, ?2, ?3)", version,
        record.text, record.full_text)
      .run();
  reached("db:version");
}

std::optional<CountingVersion> SqliteBatch::counting_version(std::int64_t submission) {
  require_open();
  // Not through the view: SQLite would scan every submission for it.
  Query query(db_,
              "SELECT v.version, v.on_time FROM submission s JOIN version v ON v.id = s.counting"
              " WHERE s.id = ?1",
              submission);
  if (!query.next()) return std::nullopt;
  return CountingVersion{.version = static_cast<int>(query.integer(0)), .on_time = query.flag(1)};
}

void SqliteBatch::link_message(std::int64_t message, std::int64_t submission) {
  require_open();
  Query(db_,
        "INSERT INTO submission_message (submission, message) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        submission, message)
      .run();
}

// The same remark twice tells a person nothing more.
void SqliteBatch::add_note(std::int64_t message, const std::string& note, bool open) {
  require_open();
  Query(db_, "INSERT INTO note (message, text, open) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        message, note, open)
      .run();
}

void SqliteBatch::add_outbox(const OutboxRecord& record) {
  require_open();
  const std::optional<std::int64_t> message =
      record.message == 0 ? std::nullopt : std::optional(record.message);
  Query(db_,
        "INSERT INTO outbox (token, kind, recipient, mailbox, subject, message_id, state, reason, "
        "submission, message, created_at, authenticated, bytes)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        record.token, record.kind, record.to, mailbox_key(record.to), record.subject, record.message_id,
        outbox_state_name(record.state), record.reason, record.submission, message, record.created,
        record.authenticated, Blob{record.bytes})
      .run();
  reached("db:outbox");
  if (record.awaits) add_draft(db_.last_id(), *record.awaits);
}

int SqliteBatch::receipts_to(const std::string& mailbox, Time since) {
  require_open();
  Query query(db_,
              "SELECT count(*) FROM outbox WHERE mailbox = ?1 AND created_at > ?2"
              " AND state NOT IN ('suppressed', 'dropped')",
              mailbox, since);
  query.next();
  return static_cast<int>(query.integer(0));
}

void SqliteBatch::commit(LogPosition position) {
  require_open();
  Query query(db_,
              "UPDATE log_position SET segment = ?1, offset = ?2 WHERE (segment, offset) <= (?1, ?2)",
              position.segment, position.offset);
  query.run();
  // Going back would apply entries a second time at the next start.
  if (db_.changes() == 0)
    throw Failure({Scope::store, Again::never, Exit::bad_data,
                   db_.path() + " is ahead of the log position it was told; run papertray rebuild"});
  reached("db:commit");
  transaction_.commit();
  reached("db:committed");
}

}  // namespace papertray
