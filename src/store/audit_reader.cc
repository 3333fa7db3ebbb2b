#include "store/audit_reader.h"

#include <utility>

#include "core/route.h"
#include "store/compare.h"
#include "store/connection.h"
#include "store/open_to_read.h"

namespace papertray {
namespace {

// A place with a fate; p is its row.
constexpr std::string_view has_fate =
    " (p.fate IS NOT NULL OR EXISTS (SELECT 1 FROM message m WHERE m.id = p.message))";

constexpr std::string_view in_folder =
    " FROM place p JOIN folder f ON f.id = p.folder WHERE f.account = ?1 AND f.name = ?2 AND"
    " f.uidvalidity = ?3 AND";

std::int64_t number(Connection& db, std::string_view sql) {
  Query query(db, sql);
  query.next();
  return query.integer(0);
}

void add(FateCounts& counts, const std::string& fate, std::int64_t count) {
  const std::pair<std::string_view, std::int64_t*> all[] = {{"recorded", &counts.recorded},
                                                            {"triage", &counts.triage},
                                                            {"ignored", &counts.ignored},
                                                            {"quarantined", &counts.quarantined},
                                                            {"vanished", &counts.vanished}};
  for (const auto& [name, total] : all)
    if (name == fate) *total += count;
}

}  // namespace

std::unique_ptr<AuditReader> AuditReader::open(const std::string& path) {
  return std::unique_ptr<AuditReader>(new AuditReader(open_to_read(path)));
}

AuditReader::AuditReader(std::unique_ptr<Connection> db)
    : db_(std::move(db)), still_(std::make_unique<Snapshot>(*db_)) {
  position();  // the snapshot begins with the first read
}
AuditReader::~AuditReader() = default;

LogPosition AuditReader::position() const {
  Query query(*db_, "SELECT segment, offset FROM log_position");
  query.next();
  return {.segment = static_cast<std::uint32_t>(query.integer(0)),
          .offset = static_cast<std::uint64_t>(query.integer(1))};
}

std::string AuditReader::fault() const {
  {
    Query check(*db_, "PRAGMA integrity_check(1)");
    if (check.next() && check.text(0) != "ok") return check.text(0);
  }
  Query references(*db_, "PRAGMA foreign_key_check");
  if (!references.next()) return "";
  return "a row of table " + references.text(0) + " refers to one of table " + references.text(2) +
         " that is not there";
}

FateCounts AuditReader::fates() const {
  FateCounts counts;
  Query messages(*db_, "SELECT fate, count(*) FROM message GROUP BY fate");
  while (messages.next()) {
    counts.messages += messages.integer(1);
    add(counts, messages.text(0), messages.integer(1));
  }
  Query places(*db_, "SELECT fate, count(*) FROM place WHERE fate IS NOT NULL GROUP BY fate");
  while (places.next()) {
    counts.lost_places += places.integer(1);
    add(counts, places.text(0), places.integer(1));
  }
  counts.places_of_nothing =
      number(*db_,
             "SELECT count(*) FROM place p WHERE p.message IS NOT NULL AND NOT EXISTS (SELECT 1 FROM"
             " message WHERE id = p.message)");
  return counts;
}

void AuditReader::each_paper(const std::function<void(const RecordedPaper&)>& paper) const {
  Query query(*db_, "SELECT paper_file, size, sha256 FROM version WHERE paper_file <> '' ORDER BY id");
  while (query.next())
    paper({.file = query.text(0),
           .size = static_cast<std::uint64_t>(query.integer(1)),
           .sha256 = query.text(2)});
}

std::int64_t AuditReader::being_sent() const {
  return number(*db_, "SELECT count(*) FROM outbox WHERE state = 'sending'");
}

std::string AuditReader::difference_from(const std::string& path) const {
  Connection other(path, Connection::Mode::read);
  const Snapshot still(other);
  return first_difference({*db_, "the database"}, {other, "the log"});
}

std::uint32_t AuditReader::last_uid(const std::string& account, const std::string& folder,
                                    std::uint32_t uidvalidity) const {
  static const std::string sql = "SELECT max(p.uid)" + std::string(in_folder) + std::string(has_fate);
  Query query(*db_, sql, account, folder, uidvalidity);
  return query.next() ? static_cast<std::uint32_t>(query.integer(0)) : 0;
}

bool AuditReader::seen(const Place& place) const {
  static const std::string sql =
      "SELECT 1" + std::string(in_folder) + " p.uid = ?4 AND p.name = ?5 AND" + std::string(has_fate);
  return Query(*db_, sql, place.account, place.folder, place.uidvalidity, place.uid, place.name).next();
}

std::int64_t AuditReader::places_seen(const Place& folder, std::uint32_t below) const {
  static const std::string sql =
      "SELECT count(*)" + std::string(in_folder) + " (?4 = 0 OR p.uid < ?4) AND" + std::string(has_fate);
  Query query(*db_, sql, folder.account, folder.folder, folder.uidvalidity, below);
  query.next();
  return query.integer(0);
}

}  // namespace papertray
