// What people decided, told.
#include "store/reader_rows.h"
#include "store/sqlite_reader.h"

namespace papertray {
namespace {

// To be followed by WHERE over a (act) and o (desk_order); read_act takes its columns from the first on.
constexpr std::string_view select_acts =
    "SELECT a.kind, a.panel, a.note, s.prefix, s.number, t.prefix, t.number, a.message, o.at, o.actor,"
    " o.undone_at, o.undone_by, a.text FROM act a JOIN desk_order o ON o.id = a.desk_order"
    " LEFT JOIN submission s ON s.id = a.submission LEFT JOIN submission t ON t.id = a.target";

Act read_act(const Query& row) {
  return {.kind = *act_from_name(row.text(0)),
          .id = row.null(3) ? "M-" + row.text(7) : label(row, 3),
          .into = label(row, 5),
          .panel = static_cast<int>(row.integer(1)),
          .note = row.text(2),
          .text = row.text(12)};
}

std::vector<HistoryRow> told(Query& query, bool names_it) {
  std::vector<HistoryRow> rows;
  while (query.next()) {
    const Act act = read_act(query);
    const std::string what = (names_it ? act.id + " " : "") + act_words(act) + " by " + query.text(9);
    rows.push_back({query.time(8), what + (act.note.empty() ? "" : ": " + act.note)});
    if (!query.null(10))
      rows.push_back({query.time(10), "taken back by " + query.text(11) + ": " + what});
  }
  return rows;
}

std::string first_text(Query&& query) {
  return query.next() ? query.text(0) : "";
}

}  // namespace

std::vector<HistoryRow> acts_on_submission(Connection& db, std::int64_t submission) {
  Query own(db,
            std::string(select_acts) + " WHERE a.submission = ?1 AND a.kind <> 'route' ORDER BY a.id",
            submission);
  std::vector<HistoryRow> rows = told(own, false);
  Query target(db, std::string(select_acts) + " WHERE a.target = ?1 ORDER BY a.id", submission);
  for (HistoryRow& row : told(target, true))
    rows.push_back(std::move(row));
  return rows;
}

std::vector<HistoryRow> acts_on_message(Connection& db, std::int64_t message) {
  Query query(db, std::string(select_acts) + " WHERE a.message = ?1 ORDER BY a.id", message);
  return told(query, false);
}

std::optional<LastOrder> SqliteReader::last_order(const std::string& actor) const {
  const Snapshot still(*db_);
  Query query(*db_,
              "SELECT id, at, command FROM desk_order WHERE actor = ?1 AND undone_at IS NULL"
              " ORDER BY id DESC LIMIT 1",
              actor);
  if (!query.next()) return std::nullopt;
  LastOrder last{.order = query.integer(0),
                 .at = query.time(1),
                 .command = query.text(2),
                 .acts = {},
                 .routed = "",
                 .later = "",
                 .changed = ""};
  Query acts(*db_, std::string(select_acts) + " WHERE a.desk_order = ?1 ORDER BY a.id", last.order);
  while (acts.next())
    last.acts.push_back(read_act(acts));
  last.routed = first_text(
      Query(*db_,
            "SELECT 'M-' || a.message || ' was taken as ' || t.prefix || '-' || t.number FROM act a"
            " JOIN desk_order d ON d.id = a.desk_order JOIN submission t ON t.id = a.target"
            " JOIN outbox o ON o.message = a.message AND o.submission = a.target AND o.created_at = d.at"
            " WHERE a.desk_order = ?1 AND a.kind = 'route'"
            " AND (o.state IN ('sending', 'sent', 'unknown') OR o.attempts > 0) LIMIT 1",
            last.order));
  last.later = first_text(
      Query(*db_,
            "SELECT o.actor || '''s `' || o.command || '`' FROM act a JOIN act b ON b.desk_order > "
            "a.desk_order"
            " AND (b.submission IN (a.submission, a.target) OR b.target IN (a.submission, a.target)"
            "      OR b.message = a.message)"
            " JOIN desk_order o ON o.id = b.desk_order AND o.undone_at IS NULL WHERE a.desk_order = ?1 "
            "LIMIT 1",
            last.order));
  last.changed = first_text(Query(
      *db_,
      "SELECT 'letter ' || l.id || ' was sent' FROM act a JOIN outbox l ON l.id = CAST(a.was AS INTEGER)"
      " WHERE a.desk_order = ?1 AND a.kind = 'notify'"
      " AND (l.state IN ('sending', 'sent', 'unknown') OR l.attempts > 0) LIMIT 1",
      last.order));
  if (last.changed.empty())
    last.changed = first_text(
        Query(*db_,
              "SELECT t.prefix || '-' || t.number || ' has got version ' || v.version FROM act a"
              " JOIN version f ON f.message = a.message AND f.submission = a.target AND f.version = 1"
              " JOIN version v ON v.submission = a.target AND v.version > 1"
              " JOIN submission t ON t.id = a.target WHERE a.desk_order = ?1 AND a.kind = 'route'"
              " ORDER BY v.version LIMIT 1",
              last.order));
  if (!last.changed.empty()) return last;
  last.changed = first_text(Query(
      *db_,
      "SELECT s.prefix || '-' || s.number || ' is ' || s.state FROM act a"
      " JOIN submission s ON s.id = a.submission WHERE a.desk_order = ?1 AND s.state <> CASE a.kind"
      " WHEN 'accept' THEN 'accepted' WHEN 'reject' THEN 'rejected' WHEN 'withdraw' THEN 'withdrawn'"
      " ELSE s.state END LIMIT 1",
      last.order));
  return last;
}

}  // namespace papertray
