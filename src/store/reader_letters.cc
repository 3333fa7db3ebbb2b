// What letters about papers need to know of each.
#include "store/reader_rows.h"
#include "store/sqlite_reader.h"

namespace papertray {
namespace {

// Of those, too, that it took in: their authors were told about the same paper.
void add_letters(Connection& db, std::int64_t submission, const std::string& letter, NoticeRow& row) {
  Query query(db,
              "SELECT o.id, o.kind, o.state FROM submission s JOIN outbox o ON o.submission = s.id"
              " WHERE (s.id = ?1 OR s.merged_into = ?1) AND (o.kind IN ('accepted', 'rejected', "
              "'reminder') OR o.kind = ?2)"
              " AND o.state <> 'dropped' ORDER BY o.id",
              submission, letter);
  while (query.next()) {
    if (query.text(1) == letter) {
      row.letter_row = query.integer(0);
      row.letter_state = *outbox_state_from_name(query.text(2));
      continue;
    }
    if (query.text(1) == "reminder") {
      row.reminded = true;
      continue;
    }
    row.told_row = query.integer(0);
    row.told = query.text(1);
    row.told_state = *outbox_state_from_name(query.text(2));
  }
}

std::string note_of_decision(Connection& db, std::int64_t submission) {
  Query query(db,
              "SELECT a.note FROM act a JOIN desk_order o ON o.id = a.desk_order WHERE a.submission = ?1"
              " AND a.kind IN ('accept', 'reject') AND o.undone_at IS NULL ORDER BY a.id DESC LIMIT 1",
              submission);
  return query.next() ? query.text(0) : "";
}

}  // namespace

std::vector<NoticeRow> SqliteReader::notices(const std::string& letter) const {
  const Snapshot still(*db_);
  std::vector<NoticeRow> rows;
  Query query(
      *db_,
      "SELECT s.id, s.prefix, s.number, s.track, coalesce(nullif(v.title, ''), s.title), s.state,"
      " m.id, m.log_segment, m.log_offset, m.size, s.final_copy IS NOT NULL FROM submission s JOIN "
      "version v ON v.id ="
      " s.counting JOIN message m ON m.id = v.message"
      " WHERE s.merged_into IS NULL AND v.paper_file <> '' ORDER BY s.id");
  while (query.next()) {
    NoticeRow& row = rows.emplace_back();
    row.id = label(query, 1);
    row.track = query.text(3);
    row.title = query.text(4);
    row.state = query.text(5);
    row.message = "M-" + query.text(6);
    row.log_segment = static_cast<std::uint32_t>(query.integer(7));
    row.log_offset = static_cast<std::uint64_t>(query.integer(8));
    row.size = static_cast<std::uint64_t>(query.integer(9));
    row.final_copy = query.flag(10);
    add_letters(*db_, query.integer(0), letter, row);
    row.decision_note = note_of_decision(*db_, query.integer(0));
  }
  return rows;
}

}  // namespace papertray
