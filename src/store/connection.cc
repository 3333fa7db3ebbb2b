#include "store/connection.h"

#include <cerrno>
#include <system_error>

#include <SQLiteCpp/Column.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "core/error.h"
#include "core/fail_point.h"
#include "store/store_error.h"

namespace papertray {
namespace {

// The mails' senders and texts are nobody else's business. SQLite gives -wal and -shm the same mode.
// A mode that an administrator has set on an existing file stays.
void make_private(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file >= 0) {
    close(file);
    reached("db:made");
    return;
  }
  const int error = errno;
  if (error == EEXIST) return;
  const bool full = error == ENOSPC || error == EDQUOT;
  throw Failure(
      {Scope::store, Again::person, Exit::cannot_write,
       "cannot make " + path + ": " + std::generic_category().message(error) +
           (full ? "; make room and start again"
                 : "; check that its directory exists and belongs to the user papertray runs as")});
}

// As a file: URI, in which only these have a meaning (sqlite.org/uri.html).
std::string uri_of(const std::string& path) {
  std::string uri = "file:";
  for (const char c : path) {
    if (c == '%')
      uri += "%25";
    else if (c == '?')
      uri += "%3f";
    else if (c == '#')
      uri += "%23";
    else
      uri += c;
  }
  return uri + "?immutable=1";
}

// FULL: NORMAL can lose commits when the power fails, and the mailbox is told after the commit.
// cell_size_check finds damaged pages when they are read, not when they have done harm.
// Measured over 10,000 submissions with receipts, 1.7 s without them: statement journals in memory save
// 0.35 s, since triggers make one for almost every row; 8 MB of pages and a checkpoint every 16 MB save
// 0.25 s of writing the same index pages again.
constexpr char writer_settings[] =
    "PRAGMA synchronous = FULL; PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF;"
    " PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000; PRAGMA wal_autocheckpoint = 4000;";
// SQLite counts its memory under one lock, taken for each allocation; nobody asks for the sum. Refused
// (and then only slower) once SQLite is at work, so before the first connection.
void without_memory_statistics() {
  [[maybe_unused]] static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

constexpr char reader_settings[] = "PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF;";

}  // namespace

Connection::Connection(const std::string& path, Mode mode) : path_(path) {
  without_memory_statistics();
  if (mode == Mode::write) make_private(path);
  try {
    if (mode == Mode::frozen) {
      database_.emplace(uri_of(path), SQLite::OPEN_READONLY | SQLite::OPEN_URI | SQLite::OPEN_NOMUTEX,
                        busy_timeout_ms);
    } else {
      database_.emplace(
          path,
          (mode == Mode::write ? SQLite::OPEN_READWRITE : SQLite::OPEN_READONLY) | SQLite::OPEN_NOMUTEX,
          busy_timeout_ms);
    }
  } catch (const SQLite::Exception& error) {
    throw store_failure(path_, error);
  }
  execute(mode == Mode::write ? writer_settings : reader_settings);
}

void Connection::use_write_ahead_log() {
  Query journal(*this, "PRAGMA journal_mode = WAL");
  if (!journal.next() || journal.text(0) != "wal")
    throw Failure({Scope::store, Again::person, Exit::cannot_write,
                   path_ + " cannot use a write-ahead log, which network file systems do not have; put "
                           "the state directory on a local disk"});
  reached("db:wal");
}

void Connection::execute(const char* sql) {
  try {
    database_->exec(sql);
  } catch (const SQLite::Exception& error) {
    throw store_failure(path_, error);
  }
}

void Connection::rollback() noexcept {
  // A full disk may have made SQLite roll back by itself (sqlite.org/lang_transaction.html).
  if (sqlite3_get_autocommit(database_->getHandle()) == 0) database_->tryExec("ROLLBACK");
}

std::unique_ptr<SQLite::Statement> Connection::take(std::string_view sql) {
  auto kept = kept_.find(sql);
  if (kept == kept_.end()) kept = kept_.try_emplace(std::string(sql)).first;
  if (kept->second) return std::move(kept->second);
  try {
    return std::make_unique<SQLite::Statement>(*database_, std::string(sql));
  } catch (const SQLite::Exception& error) {
    throw store_failure(path_, error);
  }
}

void Connection::give_back(std::unique_ptr<SQLite::Statement> statement) noexcept {
  if (!statement) return;
  // The result repeats what the last step already reported.
  statement->tryReset();
  const auto kept = kept_.find(std::string_view(statement->getQuery()));
  if (!kept->second) kept->second = std::move(statement);
}

bool Query::next() {
  try {
    return statement_->executeStep();
  } catch (const SQLite::Exception& error) {
    throw store_failure(db_.path(), error);
  }
}

void Query::bind(int index, const std::string& value) {
  try {
    statement_->bind(index, value);
  } catch (const SQLite::Exception& error) {
    throw store_failure(db_.path(), error);
  }
}

void Query::bind(int index, Blob value) {
  try {
    // sqlite3_bind_blob takes an int; SQLite's own limit is lower (1,000,000,000 bytes) and reports
    // itself.
    statement_->bind(index, static_cast<const void*>(value.bytes.data()),
                     static_cast<int>(value.bytes.size()));
  } catch (const SQLite::Exception& error) {
    throw store_failure(db_.path(), error);
  }
}

void Query::bind_integer(int index, std::int64_t value) {
  try {
    statement_->bind(index, value);
  } catch (const SQLite::Exception& error) {
    throw store_failure(db_.path(), error);
  }
}

void Query::bind_null(int index) {
  try {
    statement_->bind(index);
  } catch (const SQLite::Exception& error) {
    throw store_failure(db_.path(), error);
  }
}

bool Query::null(int column) const {
  return statement_->getColumn(column).isNull();
}

void Query::keep_columns() {
  if (!columns_.empty()) return;
  const int count = statement_->getColumnCount();
  columns_.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i)
    columns_.push_back(statement_->getColumn(i));
}

std::string_view Query::view(int column) const {
  const SQLite::Column& kept = columns_.at(static_cast<std::size_t>(column));
  const char* text = kept.getText();  // before getBytes: it may convert the value
  return {text, static_cast<std::size_t>(kept.getBytes())};
}

std::int64_t Query::integer(int column) const {
  if (!columns_.empty()) return columns_[static_cast<std::size_t>(column)].getInt64();
  return statement_->getColumn(column).getInt64();
}

std::string Query::text(int column) const {
  return statement_->getColumn(column).getString();
}

std::optional<std::int64_t> Query::maybe_integer(int column) const {
  const SQLite::Column value = statement_->getColumn(column);
  if (value.isNull()) return std::nullopt;
  return value.getInt64();
}

std::optional<Time> Query::maybe_time(int column) const {
  const std::optional<std::int64_t> seconds = maybe_integer(column);
  if (!seconds) return std::nullopt;
  return Time(Seconds(*seconds));
}

}  // namespace papertray
