// The store over SQLite: papertray.db. Public header of store/ for writers; see intake/store.h for
// what each function promises.
//
// One thread, and one process at a time, which holds the state directory's lock. Readers are never in
// the way.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "intake/store.h"

namespace papertray {

class Connection;

class SqliteStore : public Store {
 public:
  // Opens the database, makes it (mode 0600) when there is none, brings an older one up to date. Throws
  // Failure (store): damaged or another program's (bad data), made by a newer papertray (configuration),
  // not writable (cannot write).
  static std::unique_ptr<SqliteStore> open(const std::string& path);
  // Only to ask what is known, beside any writer: begin() fails. nullptr before the first mail; throws
  // as SqliteReader::open does.
  static std::unique_ptr<SqliteStore> open_to_look(const std::string& path);
  ~SqliteStore() override;

  std::uint32_t last_uid(const std::string& account, const std::string& folder,
                         std::uint32_t uidvalidity) const override;
  bool seen(const Place& place) const override;
  std::vector<std::uint32_t> unmarked(const std::string& account, const std::string& folder,
                                      std::uint32_t uidvalidity) const override;

  LogPosition position() const override;
  std::optional<RulesLoaded> rules() const override;
  bool has_message(const std::string& sha256) const override;
  std::optional<SpamMail> spam_mail(const std::string& sha256) const override;
  std::optional<SpamMail> mail_on_record(const std::string& sha256) const override;

  // One BEGIN IMMEDIATE transaction; only one at a time.
  std::unique_ptr<StoreBatch> begin() override;

  std::vector<OutboxRow> due(Time now, std::size_t limit) const override;
  std::optional<Time> next_due() const override;
  std::optional<OutboxPause> pause() const override;
  std::vector<Time> sent_after(Time since) const override;
  std::vector<OutboxRow> interrupted() const override;
  std::vector<PaperOnRecord> papers_after(std::int64_t version, std::size_t limit,
                                          bool unchecked) const override;
  std::vector<PaperOnRecord> awaited_papers() const override;

 private:
  explicit SqliteStore(std::unique_ptr<Connection> db);

  std::unique_ptr<Connection> db_;  // asking uses it too: statements are kept prepared
};

}  // namespace papertray
