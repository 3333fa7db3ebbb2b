// A submission's history, read off what the tables tell; nothing of it is stored twice.
#include <algorithm>
#include <utility>

#include "core/receipt.h"
#include "store/reader_rows.h"

namespace papertray {
namespace {

std::string lateness_text(bool on_time, bool has_due, std::int64_t margin, bool excused) {
  if (!has_due) return "no deadline";
  if (excused) return "late by " + span_text(Seconds(-margin)) + ", excused since";
  if (on_time) return "on time, " + span_text(Seconds(margin)) + " before the deadline";
  return "late by " + span_text(Seconds(-margin));
}

// A version comes into being when its mail is received, though it may be read later.
void add_versions(Connection& db, std::int64_t submission, std::vector<HistoryRow>& history) {
  Query query(
      db,
      "SELECT v.received_at, v.version, v.message, m.from_address, v.on_time, v.due_at IS NOT NULL,"
      " v.margin_s, m.fetched_at, v.excused IS NOT NULL, v.final, v.final_due_at FROM version v JOIN "
      "message m ON m.id = "
      "v.message"
      " WHERE v.submission = ?1 ORDER BY v.version",
      submission);
  while (query.next()) {
    const std::string what =
        "version " + query.text(1) + " received as M-" + query.text(2) + " from " + query.text(3) + ", ";
    const std::int64_t final_margin = query.integer(10) - query.integer(0);
    history.push_back(
        {query.time(0),
         what + (query.flag(9)
                     ? "the final copy, " +
                           lateness_text(final_margin >= 0, !query.null(10), final_margin, query.flag(8))
                     : lateness_text(query.flag(4), query.flag(5), query.integer(6), query.flag(8)))});
    history.push_back({query.time(7), "version " + query.text(1) + " recorded"});
  }
}

// Mails that brought no version.
void add_other_mails(Connection& db, std::int64_t submission, std::vector<HistoryRow>& history) {
  Query query(
      db,
      "SELECT m.received_at, m.id, m.from_address, m.reason FROM submission_message b"
      " JOIN message m ON m.id = b.message WHERE b.submission = ?1 AND NOT EXISTS"
      " (SELECT 1 FROM version v WHERE v.message = m.id AND v.submission = b.submission) ORDER BY m.id",
      submission);
  while (query.next())
    history.push_back({query.time(0),
                       "M-" + query.text(1) + " received from " + query.text(2) + ": " + query.text(3)});
}

// What organizers have sent is no receipt.
std::string called(const std::string& kind) {
  const std::optional<ReceiptKind> known = receipt_kind_from_name(kind);
  return (known && is_letter_kind(*known) ? "letter '" : "receipt '") + kind + "'";
}

void add_receipts(Connection& db, std::int64_t submission, std::vector<HistoryRow>& history) {
  Query rows(db, "SELECT created_at, kind, recipient FROM outbox WHERE submission = ?1 ORDER BY id",
             submission);
  while (rows.next())
    history.push_back({rows.time(0), called(rows.text(1)) + " written to " + rows.text(2)});
  // Rows that were never tried and will not be say why.
  Query ended(db,
              "SELECT created_at, kind, state, reason FROM outbox WHERE submission = ?1 AND attempts = 0"
              " AND state NOT IN ('queued', 'sending') ORDER BY id",
              submission);
  while (ended.next())
    history.push_back({ended.time(0), called(ended.text(1)) + " " + ended.text(2) +
                                          (ended.text(3).empty() ? "" : ": " + ended.text(3))});
  Query bounced(db,
                "SELECT m.received_at, o.kind, o.reason FROM outbox o JOIN message m ON m.id = o.bounce"
                " WHERE o.submission = ?1 ORDER BY o.id",
                submission);
  while (bounced.next())
    history.push_back({bounced.time(0), called(bounced.text(1)) + " " + bounced.text(2)});
  Query attempts(
      db,
      "SELECT a.begun_at, a.ended_at, o.kind, a.number, a.state, a.reason FROM outbox o"
      " JOIN outbox_attempt a ON a.outbox = o.id WHERE o.submission = ?1 ORDER BY o.id, a.number",
      submission);
  while (attempts.next()) {
    const std::string what = called(attempts.text(2)) + ", attempt " + attempts.text(3) + ": ";
    if (attempts.null(1)) {
      history.push_back({attempts.time(0), what + "under way"});
      continue;
    }
    history.push_back({attempts.time(1), what + attempts.text(4) +
                                             (attempts.text(5).empty() ? "" : ": " + attempts.text(5))});
  }
}

}  // namespace

std::vector<HistoryRow> history_of(Connection& db, std::int64_t submission) {
  std::vector<HistoryRow> history;
  add_versions(db, submission, history);
  add_other_mails(db, submission, history);
  add_receipts(db, submission, history);
  for (HistoryRow& row : acts_on_submission(db, submission))
    history.push_back(std::move(row));
  std::stable_sort(history.begin(), history.end(),
                   [](const HistoryRow& a, const HistoryRow& b) { return a.at < b.at; });
  return history;
}

}  // namespace papertray
