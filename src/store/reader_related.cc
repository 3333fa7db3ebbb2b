// Which submissions a mail may be about, for the person who decides.
#include <algorithm>

#include "store/reader_rows.h"
#include "store/sqlite_reader.h"

namespace papertray {
namespace {

// Of References the nearest ancestors stand last; a hostile mail has thousands.
constexpr std::size_t most_ancestors = 50;

void add(Query& query, const char* why, std::size_t limit, std::vector<RelatedRow>& rows) {
  while (rows.size() < limit && query.next()) {
    const std::string id = label(query, 0);
    if (std::ranges::find(rows, id, &RelatedRow::id) != rows.end()) continue;
    rows.push_back({.id = id, .title = query.text(2), .state = query.text(3), .why = why});
  }
}

}  // namespace

std::vector<RelatedRow> SqliteReader::related(const std::string& address,
                                              const std::vector<std::string>& ancestors,
                                              std::size_t limit) const {
  const Snapshot still(*db_);
  std::vector<RelatedRow> rows;
  const std::string select =
      "SELECT s.prefix, s.number, coalesce(nullif(v.title, ''), s.title), s.state FROM";
  const std::string rest =
      " JOIN submission s ON s.id = x.submission LEFT JOIN version v ON v.id = s.counting"
      " WHERE s.state <> 'withdrawn' AND s.merged_into IS NULL AND ";
  const std::size_t skipped = ancestors.size() - std::min(ancestors.size(), most_ancestors);
  for (std::size_t i = ancestors.size(); i > skipped; --i) {
    Query query(*db_, select + " thread x" + rest + "x.message_id = ?1 ORDER BY s.id DESC LIMIT ?2",
                ancestors[i - 1], limit);
    add(query, "on its thread", limit, rows);
  }
  if (address.empty()) return rows;
  Query query(*db_, select + " sender x" + rest + "x.address = ?1 ORDER BY s.id DESC LIMIT ?2", address,
              limit);
  add(query, "same sender", limit, rows);
  return rows;
}

}  // namespace papertray
