// One connection to the database, and prepared statements as values. Internal to store/.
//
// Every failure leaves here as Failure (store). A connection belongs to one thread.
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "core/time.h"

namespace papertray {

// How long we wait for another process's transaction: its batches take milliseconds, but an fsync on a
// tired disk may take a second.
inline constexpr int busy_timeout_ms = 5000;

class Connection {
 public:
  // write: opens, or makes with mode 0600; synchronous=FULL. read: opens an existing file for reading
  // only, beside any writer. frozen: the same of a file that nobody writes, in a directory that we
  // may not write either (SQLite needs to make the -shm file otherwise).
  enum class Mode { write, read, frozen };
  Connection(const std::string& path, Mode mode);

  // For a writer, once it is sure that the file is ours: the mode stays with the file.
  void use_write_ahead_log();

  // Statements without parameters and rows, any number of them.
  void execute(const char* sql);

  void begin_immediate() { execute("BEGIN IMMEDIATE"); }
  void begin_snapshot() { execute("BEGIN"); }
  void commit() { execute("COMMIT"); }
  void rollback() noexcept;  // does nothing outside a transaction

  const std::string& path() const { return path_; }
  std::int64_t last_id() const { return database_->getLastInsertRowid(); }
  int changes() const { return database_->getChanges(); }

  // Statements are prepared once and kept; while one is taken, another of the same text is prepared.
  std::unique_ptr<SQLite::Statement> take(std::string_view sql);
  void give_back(std::unique_ptr<SQLite::Statement> statement) noexcept;

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::string path_;
  std::optional<SQLite::Database> database_;
  std::unordered_map<std::string, std::unique_ptr<SQLite::Statement>, TextHash, std::equal_to<>> kept_;
};

// Bytes, bound as a BLOB.
struct Blob {
  const std::string& bytes;
};

// A statement at work: Query q(db, "SELECT ... WHERE id = ?1", id); while (q.next()) q.text(0);
class Query {
 public:
  template <class... Values>
  Query(Connection& db, std::string_view sql, const Values&... values)
      : db_(db), statement_(db.take(sql)) {
    int index = 0;
    (bind(++index, values), ...);
  }
  ~Query() { db_.give_back(std::move(statement_)); }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  bool next();  // to the next row; false: there is none
  void run() {
    while (next())
      continue;
  }

  bool null(int column) const;
  std::int64_t integer(int column) const;  // 0 for NULL
  std::string text(int column) const;      // "" for NULL; BLOBs too
  Time time(int column) const { return Time(Seconds(integer(column))); }
  bool flag(int column) const { return integer(column) != 0; }
  std::optional<std::int64_t> maybe_integer(int column) const;
  std::optional<Time> maybe_time(int column) const;

  // For lists of 100,000 rows, where asking SQLiteCpp for each column anew costs a quarter of the time: once
  // there is a row, and then until the last one.
  void keep_columns();
  // After keep_columns; "" for NULL. It lives until next().
  std::string_view view(int column) const;

 private:
  template <std::integral Number>
  void bind(int index, Number value) {
    bind_integer(index, static_cast<std::int64_t>(value));
  }
  void bind(int index, Time value) { bind_integer(index, value.time_since_epoch().count()); }
  void bind(int index, const std::string& value);
  void bind(int index, std::string_view value) { bind(index, std::string(value)); }
  void bind(int index, const char* value) { bind(index, std::string(value)); }
  void bind(int index, Blob value);
  void bind(int index, std::nullopt_t) { bind_null(index); }
  template <class Value>
  void bind(int index, const std::optional<Value>& value) {
    if (value) return bind(index, *value);
    bind_null(index);
  }
  void bind_integer(int index, std::int64_t value);
  void bind_null(int index);

  Connection& db_;
  std::unique_ptr<SQLite::Statement> statement_;
  std::vector<SQLite::Column> columns_;  // kept ones
};

// Rolls back unless committed.
class Transaction {
 public:
  explicit Transaction(Connection& db) : db_(db) { db_.begin_immediate(); }
  ~Transaction() {
    if (open_) db_.rollback();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() {
    db_.commit();
    open_ = false;
  }
  bool open() const { return open_; }

 private:
  Connection& db_;
  bool open_ = true;
};

// While it lives, all that is read is of one moment, whatever a writer commits meanwhile.
class Snapshot {
 public:
  explicit Snapshot(Connection& db) : db_(db) { db_.begin_snapshot(); }
  ~Snapshot() { db_.rollback(); }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  Connection& db_;
};

}  // namespace papertray
