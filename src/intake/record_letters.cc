#include <utility>

#include <fmt/format.h>

#include "core/error.h"
#include "intake/record.h"

namespace papertray {
namespace {

ReceiptFacts facts_of(const AboutSubmission& about, const LettersOrdered::Letter& letter,
                      const Track& track) {
  ReceiptFacts facts;
  facts.kind = *receipt_kind_from_name(letter.kind);
  if (facts.kind == ReceiptKind::letter) facts.letter = letter.kind;
  facts.label = letter.id;
  facts.version = about.version;
  facts.received = about.received;
  facts.due = track.due;
  facts.lateness = lateness(track.due, about.received);
  facts.file_name = about.file_name;
  facts.size = about.size;
  facts.sha256 = about.sha256;
  facts.title = about.title;
  facts.note = letter.note;
  return facts;
}

// Why the letter cannot be written by the rules in force; "" when it can. The command asks before it
// writes anything down; a log that was put together otherwise must not end the program.
std::string why_not(const Rules& rules, const Track* track, const std::string& kind) {
  if (!track) return "the rules have its track no more";
  if (!receipt_kind_from_name(kind) || !rules.templates.contains(kind))
    return fmt::format("there is no template {}.txt", kind);
  return "";
}

}  // namespace

void record_letters(StoreBatch& batch, const Desk& desk, const Event& event) {
  const auto& ordered = std::get<LettersOrdered>(event.what);
  const std::int64_t order = batch.begin_order(event, ordered.command);
  for (const LettersOrdered::Letter& letter : ordered.letters) {
    const AboutSubmission about = batch.about(letter.id);
    const Track* track = desk.rules.track(about.track);
    OutboxRecord row;
    row.token = letter.token;
    row.kind = letter.kind;
    row.to = letter.to;
    row.state = ordered.receipts == Receipts::send ? OutboxState::queued : OutboxState::held;
    row.submission = about.submission;
    row.message = about.message;
    row.created = event.at;
    row.authenticated = true;  // a person names whom it goes to
    row.reason = why_not(desk.rules, track, letter.kind);
    if (!row.reason.empty()) row.state = OutboxState::failed;
    try {
      if (row.reason.empty()) {
        WrittenReceipt written = desk.receipts.write({.facts = facts_of(about, letter, *track),
                                                      .to = letter.to,
                                                      .token = letter.token,
                                                      .written = event.at,
                                                      .in_reply_to = about.message_id,
                                                      .references = {}},
                                                     desk.rules, *track);
        row.subject = std::move(written.subject);
        row.message_id = std::move(written.message_id);
        row.bytes = std::move(written.bytes);
      }
    } catch (const Failure& failure) {
      if (failure.error().scope != Scope::message) throw;
      row.state = OutboxState::failed;
      row.reason = failure.error().text;
    }
    batch.add_letter(order, row, ordered.note);
  }
}

}  // namespace papertray
