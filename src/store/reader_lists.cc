// Counts and lists: a statement or two each, over indices.
#include <charconv>

#include "store/check_rows.h"
#include "store/reader_rows.h"
#include "store/sqlite_reader.h"

namespace papertray {
namespace {

// The parameters that every list has, numbered alike: ?1 track, ?2 late only, ?3 problems only, ?4
// state.
constexpr std::string_view submission_filter =
    " (?1 = '' OR s.track = ?1) AND (?2 = 0 OR s.on_time = 0) AND (?4 = '' OR s.state = ?4)"
    " AND (?3 = 0 OR s.counting_checked % 65536 > 0 OR EXISTS"
    "      (SELECT 1 FROM submission_message b JOIN note n ON n.message = b.message"
    "       WHERE b.submission = s.id))";

std::int64_t& count_of(Counts& counts, Fate fate) {
  switch (fate) {
    case Fate::recorded:
      return counts.recorded;
    case Fate::triage:
      return counts.triage;
    case Fate::ignored:
      return counts.ignored;
    case Fate::quarantined:
      return counts.quarantined;
    case Fate::vanished:
      break;
  }
  return counts.vanished;
}

void count_mails(Connection& db, Counts& counts) {
  for (const char* sql : {"SELECT fate, number FROM message_tally",
                          "SELECT fate, count(*) FROM place WHERE fate IS NOT NULL GROUP BY fate"}) {
    Query query(db, sql);
    while (query.next()) {
      count_of(counts, *fate_from_name(query.text(0))) += query.integer(1);
      counts.total += query.integer(1);
    }
  }
}

void count_spam(Connection& db, Counts& counts) {
  Query query(db, "SELECT fate = 'triage', count(*) FROM message WHERE spam_folder <> '' GROUP BY fate");
  while (query.next()) {
    counts.spam += query.integer(1);
    if (query.flag(0)) counts.spam_triage += query.integer(1);
  }
}

void count_open_notes(Connection& db, Counts& counts) {
  // Those of messages in triage are counted with them.
  Query query(db,
              "SELECT count(*) FROM note n JOIN message m ON m.id = n.message"
              " WHERE n.open = 1 AND m.fate <> 'triage'");
  if (query.next()) counts.open_notes = query.integer(0);
}

void count_submissions(Connection& db, Counts& counts) {
  Query query(db, "SELECT track, state, on_time, number FROM submission_tally");
  while (query.next()) {
    if (counts.tracks.empty() || counts.tracks.back().track != query.text(0))
      counts.tracks.emplace_back().track = query.text(0);
    TrackCounts& track = counts.tracks.back();
    const std::int64_t number = query.integer(3);
    track.submissions += number;
    (query.flag(2) ? track.on_time : track.late) += number;
    switch (*state_from_name(query.text(1))) {
      case SubmissionState::submitted:
        if (!query.flag(2)) track.late_undecided += number;
        break;
      case SubmissionState::accepted:
        track.accepted += number;
        break;
      case SubmissionState::rejected:
        track.rejected += number;
        break;
      case SubmissionState::withdrawn:
        track.withdrawn += number;
        break;
    }
  }
}

// Only of those that are accepted still.
void count_final_copies(Connection& db, Counts& counts) {
  Query query(
      db,
      "SELECT track, count(*) FROM submission INDEXED BY submission_final WHERE final_copy IS NOT NULL"
      " AND state = 'accepted' AND merged_into IS NULL GROUP BY track");
  while (query.next())
    for (TrackCounts& track : counts.tracks)
      if (track.track == query.text(0)) track.final = query.integer(1);
}

// Over the partial indices: only what has findings or no check yet is looked at.
void count_checks(Connection& db, Counts& counts) {
  Query unchecked(db, "SELECT count(*) FROM version WHERE checked IS NULL AND paper_file <> ''");
  if (unchecked.next()) counts.unchecked = unchecked.integer(0);
  Query found(db,
              "SELECT track, count(*) FROM submission WHERE counting_checked % 65536 > 0"
              " GROUP BY track");
  while (found.next())
    for (TrackCounts& track : counts.tracks)
      if (track.track == found.text(0)) track.with_findings = found.integer(1);
}

void count_outbox(Connection& db, Counts& counts) {
  Query query(db, "SELECT state, number FROM outbox_tally");
  while (query.next()) {
    const std::int64_t number = query.integer(1);
    switch (*outbox_state_from_name(query.text(0))) {
      case OutboxState::queued:
      case OutboxState::sending:
        counts.queued += number;
        break;  // on its way, not yet out
      case OutboxState::sent:
        counts.sent += number;
        break;
      case OutboxState::unknown:
        counts.unknown += number;
        break;
      case OutboxState::failed:
        counts.failed += number;
        break;
      case OutboxState::suppressed:
        counts.suppressed += number;
        break;
      case OutboxState::held:
        counts.held += number;
        break;
      case OutboxState::paused:
        counts.paused += number;
        break;
      case OutboxState::dropped:
        counts.dropped += number;
        break;  // a person has dealt with it
    }
  }
}

// Its columns from `at` on: version, received_at, final_due_at, excused, sha256, paper_file.
std::optional<FinalRow> final_row(const Query& row, int at) {
  if (row.null(at)) return std::nullopt;
  FinalRow final_copy{.version = static_cast<int>(row.integer(at)),
                      .received = row.time(at + 1),
                      .on_time = true,
                      .margin_s = std::nullopt,
                      .sha256 = row.text(at + 4),
                      .file = row.text(at + 5)};
  if (row.null(at + 2)) return final_copy;
  final_copy.margin_s = row.integer(at + 2) - row.integer(at + 1);
  final_copy.on_time = *final_copy.margin_s >= 0 || row.flag(at + 3);
  return final_copy;
}

// Notes of many messages, handed out to rows in the order of ids: one walk instead of a search for each.
class Notes {
 public:
  explicit Notes(Connection& db)
      : query_(db, "SELECT message, text, open FROM note ORDER BY message, id") {
    step();
  }
  void add_to(MessageRow& row, std::int64_t message) {
    while (more_ && query_.integer(0) < message)
      step();
    while (more_ && query_.integer(0) == message) {
      row.notes.push_back(query_.text(1));
      if (query_.flag(2)) row.open_notes.push_back(query_.text(1));
      step();
    }
  }

 private:
  void step() { more_ = query_.next(); }
  Query query_;
  bool more_ = false;
};

// "INBOX, UID 7 of UIDVALIDITY 3", or the file's name.
std::string place_text(const Query& row) {
  if (row.integer(3) == 0) return row.text(4);
  return row.text(1) + ", UID " + row.text(3) + " of UIDVALIDITY " + row.text(2);
}

void add_lost_places(Connection& db, const ListFilter& filter, std::vector<MessageRow>& rows) {
  if (!filter.track.empty()) return;  // they have none
  Query query(
      db,
      "SELECT f.account, f.name, f.uidvalidity, p.uid, p.name, p.seen_at, p.fate, p.reason"
      " FROM place p JOIN folder f ON f.id = p.folder"
      " WHERE p.fate IS NOT NULL AND (?1 IS NULL OR p.fate = ?1 OR (?2 AND p.fate = 'quarantined'))"
      " ORDER BY p.id",
      filter.fate ? std::optional(fate_name(*filter.fate)) : std::nullopt, filter.quarantined);
  while (query.next()) {
    MessageRow row;
    row.subject = place_text(query);
    row.received = query.time(5);
    row.fate = *fate_from_name(query.text(6));
    row.reason = query.text(7);
    rows.push_back(std::move(row));
  }
}

}  // namespace

Counts SqliteReader::counts() const {
  const Snapshot still(*db_);
  Counts counts;
  count_mails(*db_, counts);
  count_spam(*db_, counts);
  count_open_notes(*db_, counts);
  count_submissions(*db_, counts);
  count_final_copies(*db_, counts);
  count_checks(*db_, counts);
  count_outbox(*db_, counts);
  return counts;
}

namespace {

// Plain columns only, and as few as are needed: over 100,000 rows a column costs 2 ms, each function
// call in SQL 5 to 15 ms. Nothing is compared that no filter asks for.
std::string papers_sql(std::string_view more, std::string_view join, std::string_view filter) {
  return "SELECT s.prefix, s.number, s.submitter, s.versions, s.counting_received_at, s.on_time,"
         " s.counting_margin_s, s.state, s.counting_checked,"
         " CASE WHEN s.counting_title = '' THEN s.title ELSE s.counting_title END" +
         std::string(more) + " FROM submission s" + std::string(join) + " WHERE s.counting_paper = 1" +
         std::string(filter) + " ORDER BY s.id";
}

std::string papers_sql(PaperDetail detail, bool filtered) {
  static const std::string filter =
      " AND (?5 = 0 OR (s.state = 'accepted' AND (s.final_copy IS NULL) = (?5 = 1))) AND" +
      std::string(submission_filter);
  const std::string_view wanted = filtered ? std::string_view(filter) : std::string_view();
  if (detail == PaperDetail::table) return papers_sql("", "", wanted);
  return papers_sql(
      ", s.submitter_name, v.version, v.sha256, v.paper_file, f.version, f.received_at,"
      " f.final_due_at, f.excused IS NOT NULL, f.sha256, f.paper_file",
      " JOIN version v ON v.id = s.counting LEFT JOIN version f ON f.id = s.final_copy", wanted);
}

void give_papers(Query& query, PaperDetail detail, const PaperSink& sink) {
  PaperRow row;  // one for all: its texts keep their room
  char digits[20];
  while (query.next()) {
    query.keep_columns();
    const auto end = std::to_chars(digits, digits + sizeof digits, query.integer(1)).ptr;
    row.id.assign(query.view(0)).append("-").append(digits, end);
    row.submitter.assign(query.view(2));
    row.versions = static_cast<int>(query.integer(3));
    row.received = query.time(4);
    row.on_time = query.flag(5);
    row.margin_s = query.integer(6);
    row.state.assign(query.view(7));
    const std::int64_t checked = query.integer(8);  // 0 for NULL
    row.title.assign(query.view(9));
    row.pages = checked < summary_pages ? std::nullopt
                                        : std::optional(static_cast<int>(checked / summary_pages));
    row.findings = static_cast<int>(checked % summary_pages);
    if (detail == PaperDetail::all) {
      row.submitter_name.assign(query.view(10));
      row.counting = static_cast<int>(query.integer(11));
      row.sha256.assign(query.view(12));
      row.file.assign(query.view(13));
      row.final_copy = final_row(query, 14);
    }
    sink(row);
  }
}

}  // namespace

void SqliteReader::each_paper(const ListFilter& filter, PaperDetail detail,
                              const PaperSink& sink) const {
  if (filter.panel) return;
  const int final_copy = filter.final_copy == "missing" ? 1 : filter.final_copy == "received" ? 2 : 0;
  if (filter.track.empty() && !filter.late && !filter.problems && filter.state.empty() &&
      final_copy == 0) {
    Query query(*db_, papers_sql(detail, false));
    return give_papers(query, detail, sink);
  }
  Query query(*db_, papers_sql(detail, true), filter.track, filter.late, filter.problems, filter.state,
              final_copy);
  give_papers(query, detail, sink);
}

std::vector<QuestionRow> SqliteReader::questions(const ListFilter& filter) const {
  static const std::string sql =
      "SELECT s.prefix, s.number, s.submitter, s.submitter_name, t.text, v.received_at, v.on_time, "
      "s.panel, s.hidden"
      " FROM submission s JOIN version v ON v.id = s.counting"
      // The newest of its own words: a near-duplicate that was merged speaks for itself only in `show`.
      " JOIN version n ON n.id = (SELECT w.id FROM version w WHERE w.submission = s.id"
      "   ORDER BY w.merged_from IS NULL DESC, w.version DESC LIMIT 1)"
      " LEFT JOIN version_text t ON t.version = n.id WHERE v.paper_file = '' AND"
      " (?5 IS NULL OR s.panel = ?5) AND (?6 = 0 OR (s.hidden = 0 AND s.state <> 'withdrawn')) AND" +
      std::string(submission_filter) + " ORDER BY s.id";
  std::vector<QuestionRow> rows;
  Query query(*db_, sql, filter.track, filter.late, filter.problems, filter.state, filter.panel,
              filter.shown);
  while (query.next()) {
    QuestionRow& row = rows.emplace_back();
    row.id = label(query, 0);
    row.asker = query.text(2);
    row.asker_name = query.text(3);
    row.text = query.text(4);
    row.received = query.time(5);
    row.on_time = query.flag(6);
    if (const auto panel = query.maybe_integer(7)) row.panel = static_cast<int>(*panel);
    row.hidden = query.flag(8);
  }
  return rows;
}

std::vector<MessageRow> SqliteReader::messages(const ListFilter& filter) const {
  static const std::string sql =
      std::string(select_messages) +
      " WHERE (?1 = '' OR m.track = ?1) AND (?2 IS NULL OR m.fate = ?2 OR"
      "   (?4 AND EXISTS (SELECT 1 FROM note WHERE message = m.id AND open = 1))"
      "   OR (?5 AND m.fate = 'quarantined'))"
      " AND (?3 = 0 OR m.fate = 'quarantined' OR EXISTS (SELECT 1 FROM note WHERE message = m.id))"
      " ORDER BY m.id";
  const Snapshot still(*db_);
  std::vector<MessageRow> rows;
  Notes notes(*db_);
  Query query(*db_, sql, filter.track,
              filter.fate ? std::optional(fate_name(*filter.fate)) : std::nullopt, filter.problems,
              filter.open_notes, filter.quarantined);
  while (query.next()) {
    rows.push_back(read_message(query));
    notes.add_to(rows.back(), query.integer(0));
  }
  add_lost_places(*db_, filter, rows);
  return rows;
}

std::vector<OutboxListRow> SqliteReader::outbox(const ListFilter& filter) const {
  static const std::string sql =
      std::string(select_outbox) +
      " WHERE (?1 = '' OR s.track = ?1) AND (?2 = 0 OR o.state NOT IN ('sent', 'dropped'))"
      " AND (?3 = '' OR s.state = ?3) ORDER BY o.id";
  std::vector<OutboxListRow> rows;
  Query query(*db_, sql, filter.track, filter.problems, filter.state);
  while (query.next())
    rows.push_back(read_outbox(query));
  return rows;
}

}  // namespace papertray
