#include "store/pages_reader.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "report/authors.h"
#include "store/connection.h"
#include "store/open_to_read.h"
#include "store/reader_rows.h"

namespace papertray {
namespace {

// Which papers were accepted, in order; an acceptance that was taken back never was. A paper that is
// withdrawn or rejected later keeps its place.
std::unordered_map<std::int64_t, int> places(Connection& db) {
  std::unordered_map<std::int64_t, int> found;
  Query query(db,
              "SELECT a.submission FROM act a JOIN desk_order o ON o.id = a.desk_order"
              " WHERE a.kind = 'accept' AND o.undone_at IS NULL AND a.submission IS NOT NULL"
              " GROUP BY a.submission ORDER BY min(o.id), a.submission");
  while (query.next())
    found.emplace(query.integer(0), static_cast<int>(found.size()) + 1);
  return found;
}

// Three columns from `at` on: as a person named them, as the PDF does, and who sent it.
std::string authors_told(const Query& row, int at) {
  std::string right = row.text(at);
  return right.empty() ? authors_of_paper(row.text(at + 1), row.text(at + 2)) : right;
}

}  // namespace

std::unique_ptr<PagesReader> PagesReader::open(const std::string& path) {
  return std::unique_ptr<PagesReader>(new PagesReader(open_to_read(path)));
}

PagesReader::PagesReader(std::unique_ptr<Connection> db)
    : db_(std::move(db)), still_(std::make_unique<Snapshot>(*db_)) {
  Query(*db_, "SELECT segment FROM log_position").run();  // the snapshot begins with the first read
}
PagesReader::~PagesReader() = default;

std::vector<AcceptedPaper> PagesReader::accepted() const {
  const std::unordered_map<std::int64_t, int> place = places(*db_);
  int next = static_cast<int>(place.size());  // a merge can make an accepted one out of another
  std::vector<AcceptedPaper> papers;
  Query query(*db_,
              "SELECT s.id, s.prefix, s.number, s.track, coalesce(nullif(v.title, ''), s.title),"
              " s.right_authors, coalesce(c.authors, ''), s.submitter_name,"
              " v.paper_file, v.size, v.sha256 FROM submission s"
              // The final copy is what readers get; until it has come, the version that was accepted.
              " JOIN version v ON v.id = coalesce(s.final_copy, s.counting)"
              " LEFT JOIN paper_check c ON c.sha256 = v.sha256 AND c.track = s.track"
              " WHERE s.state = 'accepted' AND s.merged_into IS NULL AND v.paper_file <> ''"
              " ORDER BY s.id");
  while (query.next()) {
    AcceptedPaper& paper = papers.emplace_back();
    paper.id = label(query, 1);
    paper.track = query.text(3);
    paper.title = query.text(4);
    paper.authors = authors_told(query, 5);
    paper.file = query.text(8);
    paper.size = static_cast<std::uint64_t>(query.integer(9));
    paper.sha256 = query.text(10);
    const auto known = place.find(query.integer(0));
    paper.place = known != place.end() ? known->second : ++next;
  }
  std::ranges::sort(papers, {}, &AcceptedPaper::place);
  return papers;
}

std::unordered_map<std::string, std::string> PagesReader::authors() const {
  std::unordered_map<std::string, std::string> authors;
  Query query(*db_,
              "SELECT s.prefix, s.number, s.right_authors, coalesce(c.authors, ''), s.submitter_name"
              " FROM submission s JOIN version v ON v.id = coalesce(s.final_copy, s.counting)"
              " LEFT JOIN paper_check c ON c.sha256 = v.sha256 AND c.track = s.track"
              " WHERE s.merged_into IS NULL AND v.paper_file <> ''");
  while (query.next())
    authors.emplace(label(query, 0), authors_told(query, 2));
  return authors;
}

std::vector<PanelQuestion> PagesReader::panel_questions() const {
  std::vector<PanelQuestion> questions;
  Query query(*db_,
              "SELECT s.prefix, s.number, s.panel, t.text FROM submission s"
              // As in lists: the newest of its own words.
              " JOIN version n ON n.id = (SELECT w.id FROM version w WHERE w.submission = s.id"
              "   ORDER BY w.merged_from IS NULL DESC, w.version DESC LIMIT 1)"
              " JOIN version_text t ON t.version = n.id"
              " WHERE s.panel > 0 AND s.hidden = 0 AND s.state <> 'withdrawn' AND s.merged_into IS NULL"
              " AND n.paper_file = '' ORDER BY s.panel, s.id");
  while (query.next())
    questions.push_back(
        {.id = label(query, 0), .panel = static_cast<int>(query.integer(2)), .text = query.text(3)});
  return questions;
}

std::vector<Arrival> PagesReader::arrivals() const {
  std::vector<Arrival> arrivals;
  Query query(*db_,
              // Final copies come weeks after the deadline that these are drawn against.
              "SELECT submission, version, received_at, on_time, margin_s FROM version"
              " WHERE paper_file <> '' AND final = 0 ORDER BY received_at, id");
  while (query.next())
    arrivals.push_back({.submission = query.integer(0),
                        .version = static_cast<int>(query.integer(1)),
                        .received = query.time(2),
                        .on_time = query.flag(3),
                        .margin_s = query.integer(4)});
  return arrivals;
}

std::vector<Answered> PagesReader::answered() const {
  std::vector<Answered> answered;
  Query query(*db_,
              "SELECT m.received_at, m.fetched_at, min(a.ended_at) FROM outbox_attempt a"
              " JOIN outbox o ON o.id = a.outbox JOIN message m ON m.id = o.message"
              // A letter of the organizers answers no mail of that moment.
              " WHERE a.state = 'sent' AND a.ended_at IS NOT NULL"
              " AND o.kind NOT IN ('accepted', 'rejected', 'reminder') AND o.kind NOT LIKE 'letters/%'"
              " GROUP BY o.id ORDER BY o.id");
  while (query.next())
    answered.push_back({.received = query.time(0), .taken_in = query.time(1), .sent = query.time(2)});
  return answered;
}

std::vector<FindingCount> PagesReader::findings() const {
  std::vector<FindingCount> counts;
  Query query(*db_,
              "SELECT f.name, f.severity, count(DISTINCT s.id) FROM submission s"
              " JOIN version v ON v.id = coalesce(s.final_copy, s.counting)"
              " JOIN paper_check c ON c.sha256 = v.sha256 AND c.track = s.track"
              " JOIN finding f ON f.paper_check = c.id"
              " WHERE s.merged_into IS NULL AND s.state <> 'withdrawn'"
              " GROUP BY f.name, f.severity ORDER BY 3 DESC, f.name, f.severity");
  while (query.next())
    counts.push_back({.check = query.text(0), .severity = query.text(1), .papers = query.integer(2)});
  return counts;
}

std::vector<ReplayedMail> PagesReader::decided() const {
  std::vector<ReplayedMail> mails;
  Query query(
      *db_,
      "SELECT m.id, m.sha256, m.from_address, m.subject, m.fate, m.reason, m.track, s.prefix, s.number,"
      " r.sha256, v.version, v.on_time,"
      " (SELECT group_concat(kind || CASE state WHEN 'suppressed' THEN ' (suppressed)' ELSE '' END, ', "
      "')"
      "  FROM (SELECT kind, state FROM outbox WHERE message = m.id ORDER BY id))"
      " FROM message m LEFT JOIN version v ON v.id = (SELECT min(id) FROM version WHERE message = m.id)"
      " LEFT JOIN submission s ON s.id = v.submission"
      " LEFT JOIN message r ON r.id = (SELECT w.message FROM version w WHERE w.submission = s.id"
      "   ORDER BY w.id LIMIT 1) ORDER BY m.id");
  while (query.next()) {
    ReplayedMail& mail = mails.emplace_back();
    mail.id = "M-" + query.text(0);
    mail.sha256 = query.text(1);
    mail.from = query.text(2);
    mail.subject = query.text(3);
    mail.fate = *fate_from_name(query.text(4));
    mail.reason = query.text(5);
    mail.track = query.text(6);
    mail.submission = label(query, 7);
    mail.root = query.text(9);
    mail.version = static_cast<int>(query.integer(10));
    mail.on_time = query.flag(11);
    mail.letters = query.text(12);
  }
  return mails;
}

}  // namespace papertray
