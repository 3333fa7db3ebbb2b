// Which papers there are to look into.
#include "store/connection.h"
#include "store/reader_rows.h"
#include "store/sqlite_store.h"

namespace papertray {
namespace {

// To be followed by WHERE over v (version) and s (its submission).
constexpr std::string_view select_papers =
    "SELECT v.id, s.prefix, s.number, s.track, v.sha256, v.paper_file, m.log_segment, m.log_offset,"
    " m.size, c.style_version FROM version v JOIN submission s ON s.id = v.submission"
    " JOIN message m ON m.id = v.message"
    " LEFT JOIN paper_check c ON c.sha256 = v.sha256 AND c.track = s.track WHERE v.paper_file <> '' "
    "AND ";

std::vector<PaperOnRecord> read_papers(Query& query) {
  std::vector<PaperOnRecord> papers;
  while (query.next())
    papers.push_back({.version = query.integer(0),
                      .submission = label(query, 1),
                      .track = query.text(3),
                      .sha256 = query.text(4),
                      .file = query.text(5),
                      .mail = {.segment = static_cast<std::uint32_t>(query.integer(6)),
                               .offset = static_cast<std::uint64_t>(query.integer(7)),
                               .size = static_cast<std::uint64_t>(query.integer(8))},
                      .checked_by = query.text(9)});
  return papers;
}

}  // namespace

std::vector<PaperOnRecord> SqliteStore::papers_after(std::int64_t version, std::size_t limit,
                                                     bool unchecked) const {
  static const std::string all = std::string(select_papers) + "v.id > ?1 ORDER BY v.id LIMIT ?2";
  // The condition of the index version_unchecked, word for word.
  static const std::string new_ones =
      std::string(select_papers) + "v.id > ?1 AND v.checked IS NULL ORDER BY v.id LIMIT ?2";
  Query query(*db_, unchecked ? new_ones : all, version, limit);
  return read_papers(query);
}

std::vector<PaperOnRecord> SqliteStore::awaited_papers() const {
  static const std::string sql =
      std::string(select_papers) +
      "v.id IN (SELECT min(w.id) FROM receipt_draft d JOIN version w ON w.sha256 = d.sha256"
      "         JOIN submission t ON t.id = w.submission AND t.track = d.track"
      "         GROUP BY d.sha256, d.track) ORDER BY v.id";
  Query query(*db_, sql);
  return read_papers(query);
}

}  // namespace papertray
