// What was found in papers: kept by their bytes, and told of every version that holds them.
#include <algorithm>
#include <cmath>

#include "core/fail_point.h"
#include "core/title.h"
#include "core/title_hint.h"
#include "store/batch.h"
#include "store/check_rows.h"

namespace papertray {
namespace {

std::int64_t hundredths(double points) {
  return std::llround(points * 100);
}

// As version.checked has it.
std::int64_t summary_of(const CheckedPaper& paper) {
  return static_cast<std::int64_t>(paper.verdict.pages) * summary_pages +
         std::min<std::int64_t>(count_to_look_at(paper.verdict.findings), summary_pages - 1);
}

}  // namespace

void SqliteBatch::apply_one(const Event& event, const PaperChecked& checked) {
  const CheckedPaper& paper = checked.paper;
  Query(db_,
        "INSERT INTO paper_check (sha256, track, style, style_version, checked_at, opens, pages,"
        " counted_pages, stopped_at, title, authors, width_hpt, height_hpt, sketch)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
        " ON CONFLICT (sha256, track) DO UPDATE SET style = ?3, style_version = ?4, checked_at = ?5,"
        " opens = ?6, pages = ?7, counted_pages = ?8, stopped_at = ?9, title = ?10, authors = ?11,"
        " width_hpt = ?12, height_hpt = ?13, sketch = ?14",
        checked.sha256, checked.track, checked.style, checked.style_version, event.at, paper.opens,
        paper.verdict.pages, paper.verdict.counted_pages, paper.verdict.stopped_at, paper.title,
        paper.authors, hundredths(paper.width), hundredths(paper.height), paper.sketch)
      .run();
  Query row(db_, "SELECT id FROM paper_check WHERE sha256 = ?1 AND track = ?2", checked.sha256,
            checked.track);
  row.next();
  const std::int64_t check = row.integer(0);
  Query(db_, "DELETE FROM finding WHERE paper_check = ?1", check).run();
  int number = 0;
  for (const Finding& finding : paper.verdict.findings)
    Query(db_,
          "INSERT INTO finding (paper_check, number, name, severity, measured, expected, page, text,"
          " for_organizers) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
          check, ++number, finding.check, severity_name(finding.severity), finding.measured,
          finding.expected, finding.page, finding.text, finding.for_organizers)
        .run();
  std::vector<std::int64_t> versions;
  Query holding(db_,
                "SELECT v.id FROM version v JOIN submission s ON s.id = v.submission"
                " WHERE v.sha256 = ?1 AND v.paper_file <> '' AND s.track = ?2",
                checked.sha256, checked.track);
  while (holding.next())
    versions.push_back(holding.integer(0));
  for (const std::int64_t version : versions) {
    tell_version(version, paper.title, summary_of(paper));
    hint_by_title(version, checked.track, paper.title);
  }
  reached("check:event");
}

// A mail without a title was not compared with anybody's when it came. What its PDF says is for a
// person: numbers were told to authors by then.
void SqliteBatch::hint_by_title(std::int64_t version, const std::string& track,
                                const std::string& title) {
  Query row(db_,
            "SELECT v.message, s.prefix, s.number, m.from_address FROM version v"
            " JOIN submission s ON s.id = v.submission JOIN message m ON m.id = v.message"
            " WHERE v.id = ?1 AND s.versions = 1 AND v.mail_title = '' AND NOT EXISTS"
            " (SELECT 1 FROM note n WHERE n.message = m.id AND n.open = 1)",
            version);
  if (title.empty() || !row.next()) return;
  Incoming incoming;
  incoming.title = comparable_title(title);
  incoming.prefix = row.text(1);
  incoming.number = static_cast<int>(row.integer(2));
  incoming.sender = row.text(3);
  const std::int64_t message = row.integer(0);
  const std::string hint = title_hint(incoming, candidates(track, incoming));
  if (!hint.empty()) add_note(message, hint, true);
}

void SqliteBatch::apply_one(const Event& event, const CheckLate& late) {
  Query(db_, "INSERT INTO late_check (sha256, track, late_at) VALUES (?1, ?2, ?3)", late.sha256,
        late.track, event.at)
      .run();
}

// The mail's title stays what a new mail is compared with first; the paper's own finds it, too.
void SqliteBatch::tell_version(std::int64_t version, const std::string& title, std::int64_t summary) {
  Query(db_,
        "UPDATE version SET checked = ?2, title = coalesce(nullif((SELECT right_title FROM submission s"
        " WHERE s.id = submission), ''), nullif(?3, ''), mail_title) WHERE id = ?1",
        version, summary, title)
      .run();
  Query row(db_, "SELECT submission FROM version WHERE id = ?1", version);
  row.next();
  add_title_keys(row.integer(0), title);
}

// The same file was looked at before.
void SqliteBatch::adopt_check(std::int64_t version, const std::string& sha256, std::int64_t submission) {
  Query known(db_,
              "SELECT c.title, c.pages, (SELECT count(*) FROM finding WHERE paper_check = c.id AND"
              " (severity <> 'note' OR for_organizers = 1)) FROM paper_check c"
              " JOIN submission s ON s.track = c.track WHERE c.sha256 = ?1 AND s.id = ?2",
              sha256, submission);
  if (known.next())
    tell_version(version, known.text(0), known.integer(1) * summary_pages + known.integer(2));
}

void SqliteBatch::add_title_keys(std::int64_t submission, const std::string& title) {
  for (const std::int64_t key : title_keys(comparable_title(title)))
    Query(db_,
          "INSERT INTO title_key (key, track, submission) SELECT ?1, track, id FROM submission"
          " WHERE id = ?2 ON CONFLICT DO NOTHING",
          key, submission)
        .run();
}

}  // namespace papertray
