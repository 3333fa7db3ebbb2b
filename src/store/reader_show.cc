// One submission, one message: everything there is to say about it.
#include <charconv>

#include "report/authors.h"
#include "store/check_rows.h"
#include "store/reader_rows.h"
#include "store/sqlite_reader.h"

namespace papertray {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::vector<VersionRow> versions_of(Connection& db, std::int64_t submission) {
  std::vector<VersionRow> rows;
  Query query(
      db,
      "SELECT v.version, v.message, v.received_at, v.on_time, v.margin_s, v.file_name, v.paper_file,"
      " v.size, v.sha256, t.text, v.id = s.counting, t.full_text,"
      " v.excused IS NOT NULL, f.prefix, f.number, v.final, v.final_due_at, v.id = s.final_copy,"
      " v.due_at IS NOT NULL, s.track FROM version v"
      " JOIN submission s ON s.id = v.submission LEFT JOIN submission f ON f.id = v.merged_from LEFT "
      "JOIN version_text t ON t.version = v.id"
      " WHERE v.submission = ?1 ORDER BY v.version",
      submission);
  while (query.next()) {
    rows.push_back({.version = static_cast<int>(query.integer(0)),
                    .message = "M-" + query.text(1),
                    .received = query.time(2),
                    .on_time = query.flag(3),
                    .margin_s = query.integer(4),
                    .file_name = query.text(5),
                    .file = query.text(6),
                    .size = static_cast<std::uint64_t>(query.integer(7)),
                    .sha256 = query.text(8),
                    .text = query.text(9),
                    .full_text = query.text(11),
                    .counts = query.flag(10),
                    .excused = query.flag(12),
                    .merged_from = label(query, 13),
                    .final_copy = query.flag(15),
                    .final_counts = query.flag(17),
                    .has_due = query.flag(18)});
    if (!rows.back().file.empty())
      rows.back().check = find_check(db, rows.back().sha256, query.text(19));
    if (!rows.back().final_copy) continue;
    rows.back().has_due = !query.null(16);
    rows.back().margin_s = rows.back().has_due ? query.integer(16) - query.integer(2) : 0;
    rows.back().on_time = rows.back().margin_s >= 0 || rows.back().excused;
  }
  return rows;
}

void add_notes(Connection& db, std::int64_t message, MessageRow& row) {
  Query query(db, "SELECT text, open FROM note WHERE message = ?1 ORDER BY id", message);
  while (query.next()) {
    row.notes.push_back(query.text(0));
    if (query.flag(1)) row.open_notes.push_back(query.text(0));
  }
}

std::vector<MessageRow> messages_of(Connection& db, std::int64_t submission) {
  static const std::string sql =
      std::string(select_messages) +
      " WHERE m.id IN (SELECT message FROM submission_message WHERE submission = ?1) ORDER BY m.id";
  std::vector<MessageRow> rows;
  Query query(db, sql, submission);
  while (query.next()) {
    rows.push_back(read_message(query));
    add_notes(db, query.integer(0), rows.back());
  }
  return rows;
}

std::vector<OutboxListRow> outbox_where(Connection& db, std::string_view condition, std::int64_t id) {
  std::vector<OutboxListRow> rows;
  Query query(db, std::string(select_outbox) + std::string(condition), id);
  while (query.next())
    rows.push_back(read_outbox(query));
  return rows;
}

std::vector<PlaceRow> places_of(Connection& db, std::int64_t message) {
  std::vector<PlaceRow> rows;
  Query query(db,
              "SELECT f.account, f.name, p.name, f.uidvalidity, p.uid, p.marked_at IS NOT NULL"
              " FROM place p JOIN folder f ON f.id = p.folder WHERE p.message = ?1 ORDER BY p.id",
              message);
  while (query.next()) {
    rows.push_back({.account = query.text(0),
                    .folder = query.text(1),
                    .name = query.text(2),
                    .uidvalidity = static_cast<std::uint32_t>(query.integer(3)),
                    .uid = static_cast<std::uint32_t>(query.integer(4)),
                    .marked = query.flag(5)});
  }
  return rows;
}

// As the public pages have them (PagesReader): of the final copy where there is one.
std::string authors_of(const ShownSubmission& shown) {
  if (!shown.right_authors.empty()) return shown.right_authors;
  const VersionRow* chosen = nullptr;
  for (const VersionRow& row : shown.versions)
    if (!row.file.empty() && (row.final_counts || (row.counts && !chosen))) chosen = &row;
  if (!chosen) return "";
  return authors_of_paper(chosen->check ? chosen->check->paper.authors : "", shown.submitter_name);
}

}  // namespace

std::optional<Label> parse_label(std::string_view text) {
  std::size_t letters = 0;
  while (letters < text.size() && !is_digit(text[letters]) && text[letters] != '-')
    ++letters;
  if (letters == 0 || !is_letter(text[0])) return std::nullopt;
  // A prefix may hold a digit or a hyphen of its own ("WS2-7"): then the number follows the last hyphen.
  const std::size_t hyphen = text.rfind('-');
  const std::size_t end = hyphen == std::string_view::npos ? letters : hyphen;
  const std::string_view digits = text.substr(hyphen == std::string_view::npos ? letters : hyphen + 1);
  Label parsed{.prefix = std::string(text.substr(0, end)), .number = 0};
  const auto [rest, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), parsed.number);
  if (error != std::errc() || rest != digits.data() + digits.size() || parsed.number < 1)
    return std::nullopt;
  return parsed;
}

std::string label(const Query& row, int column) {
  if (row.null(column)) return "";
  return row.text(column) + "-" + std::to_string(row.integer(column + 1));
}

MessageRow read_message(const Query& row) {
  MessageRow message;
  message.id = "M-" + std::to_string(row.integer(0));
  message.message_id = row.text(1);
  message.from = row.text(2);
  message.subject = row.text(3);
  message.received = row.time(4);
  message.fate = *fate_from_name(row.text(5));
  message.reason = row.text(6);
  message.track = row.text(7);
  message.sha256 = row.text(8);
  message.submission = label(row, 9);
  return message;
}

OutboxListRow read_outbox(const Query& row) {
  OutboxListRow outbox;
  outbox.id = row.integer(0);
  outbox.kind = row.text(1);
  outbox.to = row.text(2);
  outbox.subject = row.text(3);
  outbox.state = *outbox_state_from_name(row.text(4));
  outbox.attempts = static_cast<int>(row.integer(5));
  outbox.reason = row.text(6);
  outbox.created = row.time(7);
  outbox.next_try = row.maybe_time(8);
  outbox.submission = label(row, 9);
  return outbox;
}

std::optional<ShownSubmission> SqliteReader::submission(const std::string& id) const {
  const std::optional<Label> wanted = parse_label(id);
  if (!wanted) return std::nullopt;
  const Snapshot still(*db_);
  Query query(*db_,
              "SELECT s.id, s.prefix, s.number, s.track, coalesce(nullif(v.title, ''), s.title),"
              " s.submitter, s.submitter_name, s.state, i.prefix, i.number, s.panel, s.hidden,"
              " s.right_title, s.right_authors FROM submission s"
              " LEFT JOIN version v ON v.id = s.counting LEFT JOIN submission i ON i.id = s.merged_into"
              " WHERE s.prefix = ?1 AND s.number = ?2 ORDER BY s.id LIMIT 1",
              wanted->prefix, wanted->number);
  if (!query.next()) return std::nullopt;
  const std::int64_t submission = query.integer(0);
  ShownSubmission shown;
  shown.id = label(query, 1);
  shown.track = query.text(3);
  shown.title = query.text(4);
  shown.submitter = query.text(5);
  shown.submitter_name = query.text(6);
  shown.state = query.text(7);
  shown.merged_into = label(query, 8);
  if (const auto panel = query.maybe_integer(10)) shown.panel = static_cast<int>(*panel);
  shown.hidden = query.flag(11);
  shown.right_title = query.text(12);
  shown.right_authors = query.text(13);
  shown.versions = versions_of(*db_, submission);
  shown.authors = authors_of(shown);
  shown.messages = messages_of(*db_, submission);
  shown.outbox = outbox_where(*db_, " WHERE o.submission = ?1 ORDER BY o.id", submission);
  shown.history = history_of(*db_, submission);
  return shown;
}

std::optional<ShownMessage> SqliteReader::message(const std::string& id) const {
  const std::optional<Label> wanted = parse_label(id);
  if (!wanted || (wanted->prefix != "M" && wanted->prefix != "m")) return std::nullopt;
  const Snapshot still(*db_);
  static const std::string sql = std::string(select_messages) + " WHERE m.id = ?1";
  Query head(*db_, sql, wanted->number);
  if (!head.next()) return std::nullopt;
  ShownMessage shown;
  shown.row = read_message(head);
  add_notes(*db_, wanted->number, shown.row);
  Query rest(*db_,
             "SELECT from_name, internaldate_at, received_header_at, delivery_date_at, mbox_from_at,"
             " file_time_at, date_at, fetched_at, clock, size, log_segment, log_offset, spam_folder,"
             " whole_size, largest_size "
             "FROM message "
             "WHERE id = ?1",
             wanted->number);
  rest.next();
  shown.from_name = rest.text(0);
  shown.internaldate = rest.maybe_time(1);
  shown.received_header = rest.maybe_time(2);
  shown.delivery_date = rest.maybe_time(3);
  shown.mbox_from = rest.maybe_time(4);
  shown.file_time = rest.maybe_time(5);
  shown.date = rest.maybe_time(6);
  shown.fetched = rest.time(7);
  shown.clock = rest.text(8);
  shown.size = static_cast<std::uint64_t>(rest.integer(9));
  shown.log_segment = static_cast<std::uint32_t>(rest.integer(10));
  shown.log_offset = static_cast<std::uint64_t>(rest.integer(11));
  shown.spam_folder = rest.text(12);
  if (const auto whole = rest.maybe_integer(13))
    shown.oversize = Oversize{.whole = static_cast<std::uint64_t>(*whole),
                              .largest = static_cast<std::uint64_t>(rest.integer(14))};
  shown.places = places_of(*db_, wanted->number);
  shown.outbox = outbox_where(*db_, " WHERE o.message = ?1 ORDER BY o.id", wanted->number);
  shown.history = acts_on_message(*db_, wanted->number);
  return shown;
}

}  // namespace papertray
