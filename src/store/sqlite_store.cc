#include "store/sqlite_store.h"

#include <utility>

#include "core/error.h"
#include "core/fail_point.h"
#include "store/batch.h"
#include "store/connection.h"
#include "store/migrate.h"
#include "store/open_to_read.h"
#include "store/sending.h"

namespace papertray {
namespace {

constexpr char folder_id[] =
    "(SELECT id FROM folder WHERE account = ?1 AND name = ?2 AND uidvalidity = ?3)";

constexpr std::string_view row_columns =
    "o.id, o.token, o.recipient, o.bytes, o.state, o.attempts, o.was_unknown, o.created_at";

std::vector<OutboxRow> read_rows(Query& query) {
  std::vector<OutboxRow> rows;
  while (query.next()) {
    rows.push_back({.id = query.integer(0),
                    .token = query.text(1),
                    .to = query.text(2),
                    .bytes = query.text(3),
                    .state = *outbox_state_from_name(query.text(4)),
                    .attempts = static_cast<int>(query.integer(5)),
                    .was_unknown = query.flag(6),
                    .created = query.time(7)});
  }
  return rows;
}

}  // namespace

std::unique_ptr<SqliteStore> SqliteStore::open(const std::string& path) {
  auto db = std::make_unique<Connection>(path, Connection::Mode::write);
  const SchemaState state = check_schema(*db);
  db->use_write_ahead_log();
  if (state != SchemaState::current) migrate(*db);
  // Only now: a migration may have to build a table anew, and the setting cannot change within a
  // transaction.
  db->execute("PRAGMA foreign_keys = ON");
  return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(db)));
}

std::unique_ptr<SqliteStore> SqliteStore::open_to_look(const std::string& path) {
  try {
    return std::unique_ptr<SqliteStore>(new SqliteStore(open_to_read(path)));
  } catch (const Failure& failure) {
    if (failure.error().exit != Exit::not_there) throw;
    return nullptr;
  }
}

SqliteStore::SqliteStore(std::unique_ptr<Connection> db) : db_(std::move(db)) {}
SqliteStore::~SqliteStore() {
  reached("db:close");
  db_.reset();  // the last one writes the journal back into the database
  reached("db:closed");
}

std::uint32_t SqliteStore::last_uid(const std::string& account, const std::string& folder,
                                    std::uint32_t uidvalidity) const {
  static const std::string sql = std::string("SELECT max(uid) FROM place WHERE folder = ") + folder_id;
  Query query(*db_, sql, account, folder, uidvalidity);
  return query.next() ? static_cast<std::uint32_t>(query.integer(0)) : 0;
}

bool SqliteStore::seen(const Place& place) const {
  static const std::string sql =
      std::string("SELECT 1 FROM place WHERE folder = ") + folder_id + " AND uid = ?4 AND name = ?5";
  return Query(*db_, sql, place.account, place.folder, place.uidvalidity, place.uid, place.name).next();
}

std::vector<std::uint32_t> SqliteStore::unmarked(const std::string& account, const std::string& folder,
                                                 std::uint32_t uidvalidity) const {
  // The condition is the one of the index place_unmarked, word for word, so that it is used.
  static const std::string sql =
      std::string("SELECT uid FROM place WHERE folder = ") + folder_id +
      " AND marked_at IS NULL AND message IS NOT NULL AND uid > 0 ORDER BY uid";
  std::vector<std::uint32_t> uids;
  Query query(*db_, sql, account, folder, uidvalidity);
  while (query.next())
    uids.push_back(static_cast<std::uint32_t>(query.integer(0)));
  return uids;
}

LogPosition SqliteStore::position() const {
  Query query(*db_, "SELECT segment, offset FROM log_position");
  query.next();
  return {.segment = static_cast<std::uint32_t>(query.integer(0)),
          .offset = static_cast<std::uint64_t>(query.integer(1))};
}

std::optional<RulesLoaded> SqliteStore::rules() const {
  Query query(*db_,
              "SELECT id, path, from_field, toml, per_address, authserv, checks FROM rules"
              " ORDER BY id DESC LIMIT 1");
  if (!query.next()) return std::nullopt;
  RulesLoaded rules{.path = query.text(1),
                    .from = query.text(2),
                    .toml = query.text(3),
                    .templates = {},
                    .per_address = static_cast<int>(query.integer(4)),
                    .authserv = query.text(5),
                    .styles = {},
                    .checks = query.flag(6)};
  Query templates(*db_, "SELECT name, text FROM rules_template WHERE rules = ?1 ORDER BY name",
                  query.integer(0));
  while (templates.next())
    rules.templates.emplace_back(templates.text(0), templates.text(1));
  Query styles(*db_, "SELECT name, text FROM rules_style WHERE rules = ?1 ORDER BY name",
               query.integer(0));
  while (styles.next())
    rules.styles.emplace_back(styles.text(0), styles.text(1));
  return rules;
}

bool SqliteStore::has_message(const std::string& sha256) const {
  return Query(*db_, "SELECT 1 FROM message WHERE sha256 = ?1", sha256).next();
}

std::optional<SpamMail> SqliteStore::mail_on_record(const std::string& sha256) const {
  return find_mail(*db_, sha256);
}

std::optional<SpamMail> SqliteStore::spam_mail(const std::string& sha256) const {
  return find_spam_mail(*db_, sha256);
}

std::unique_ptr<StoreBatch> SqliteStore::begin() {
  auto batch = std::make_unique<SqliteBatch>(*db_);
  reached("db:begun");
  return batch;
}

std::vector<OutboxRow> SqliteStore::due(Time now, std::size_t limit) const {
  // Both halves walk the index outbox_state in this order and stop at the limit.
  static const std::string sql =
      "SELECT " + std::string(row_columns) +
      " FROM (SELECT id, authenticated FROM outbox"
      "         WHERE state = 'queued' AND (next_try_at IS NULL OR next_try_at <= ?1)"
      "           AND NOT EXISTS (SELECT 1 FROM receipt_draft WHERE outbox = outbox.id)"
      "       UNION ALL"
      "       SELECT id, authenticated FROM outbox WHERE state = 'unknown' AND next_try_at <= ?1"
      "       ORDER BY 2 DESC, 1 LIMIT ?2) d JOIN outbox o ON o.id = d.id"
      " ORDER BY o.authenticated DESC, o.id";
  Query query(*db_, sql, now, limit);
  return read_rows(query);
}

std::optional<Time> SqliteStore::next_due() const {
  Query query(*db_,
              "SELECT min(coalesce(next_try_at, 0)) FROM outbox"
              " WHERE (state = 'queued' AND NOT EXISTS"
              "          (SELECT 1 FROM receipt_draft WHERE outbox = outbox.id))"
              "   OR (state = 'unknown' AND next_try_at IS NOT NULL)");
  return query.next() ? query.maybe_time(0) : std::nullopt;
}

std::optional<OutboxPause> SqliteStore::pause() const {
  return find_pause(*db_);
}

std::vector<Time> SqliteStore::sent_after(Time since) const {
  return find_sent_after(*db_, since);
}

std::vector<OutboxRow> SqliteStore::interrupted() const {
  static const std::string sql =
      "SELECT " + std::string(row_columns) + " FROM outbox o WHERE state = 'sending' ORDER BY id";
  Query query(*db_, sql);
  return read_rows(query);
}

}  // namespace papertray
