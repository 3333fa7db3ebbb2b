// What was found in a paper, for people.
#include "store/check_rows.h"

namespace papertray {
namespace {

constexpr double per_point = 100;

Severity severity_from(const std::string& name) {
  if (name == severity_name(Severity::error)) return Severity::error;
  return name == severity_name(Severity::warn) ? Severity::warn : Severity::note;
}

std::vector<Finding> findings_of(Connection& db, std::int64_t check) {
  std::vector<Finding> findings;
  Query query(db,
              "SELECT name, severity, measured, expected, page, text, for_organizers FROM finding"
              " WHERE paper_check = ?1 ORDER BY number",
              check);
  while (query.next())
    findings.push_back({.check = query.text(0),
                        .severity = severity_from(query.text(1)),
                        .measured = query.text(2),
                        .expected = query.text(3),
                        .page = static_cast<int>(query.integer(4)),
                        .text = query.text(5),
                        .for_organizers = query.flag(6)});
  return findings;
}

}  // namespace

std::optional<PaperCheckRow> find_check(Connection& db, const std::string& sha256,
                                        const std::string& track) {
  Query query(db,
              "SELECT id, style, style_version, checked_at, opens, pages, counted_pages, stopped_at,"
              " title, authors, width_hpt, height_hpt, sketch FROM paper_check"
              " WHERE sha256 = ?1 AND track = ?2",
              sha256, track);
  if (!query.next()) return std::nullopt;
  PaperCheckRow row;
  row.style = query.text(1);
  row.style_version = query.text(2);
  row.at = query.time(3);
  row.paper.opens = query.flag(4);
  row.paper.verdict.pages = static_cast<int>(query.integer(5));
  row.paper.verdict.counted_pages = static_cast<int>(query.integer(6));
  row.paper.verdict.stopped_at = query.text(7);
  row.paper.title = query.text(8);
  row.paper.authors = query.text(9);
  row.paper.width = static_cast<double>(query.integer(10)) / per_point;
  row.paper.height = static_cast<double>(query.integer(11)) / per_point;
  row.paper.sketch = query.text(12);
  row.paper.verdict.findings = findings_of(db, query.integer(0));
  return row;
}

}  // namespace papertray
