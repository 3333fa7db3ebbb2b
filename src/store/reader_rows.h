// What lists and single views of the reader share: how a row of the database becomes a row of the
// report. Internal to store/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/reader.h"
#include "store/connection.h"

namespace papertray {

// "P-7" taken apart.
struct Label {
  std::string prefix;
  std::int64_t number = 0;
};
// Accepts "P-7", "p7"; nullopt for anything else.
std::optional<Label> parse_label(std::string_view text);

// "P-7" from two columns, prefix and number; "" when they are NULL.
std::string label(const Query& row, int column);

// To be followed by WHERE over m (message). The submission is the first of those the message belongs to.
inline constexpr std::string_view select_messages =
    "SELECT m.id, m.message_id, m.from_address, m.subject, m.received_at, m.fate, m.reason, m.track, "
    "m.sha256,"
    " s.prefix, s.number FROM message m LEFT JOIN submission s ON s.id ="
    " (SELECT min(b.submission) FROM submission_message b WHERE b.message = m.id)";
MessageRow read_message(const Query& row);  // without its notes

// To be followed by WHERE over o (outbox) and s (its submission, if any).
inline constexpr std::string_view select_outbox =
    "SELECT o.id, o.kind, o.recipient, o.subject, o.state, o.attempts, o.reason, o.created_at, "
    "o.next_try_at,"
    " s.prefix, s.number FROM outbox o LEFT JOIN submission s ON s.id = o.submission";
OutboxListRow read_outbox(const Query& row);

// What happened to a submission, in time order.
std::vector<HistoryRow> history_of(Connection& db, std::int64_t submission);

// What people decided about the submission, or about the message, and took back.
std::vector<HistoryRow> acts_on_submission(Connection& db, std::int64_t submission);
std::vector<HistoryRow> acts_on_message(Connection& db, std::int64_t message);

}  // namespace papertray
