#include <utility>

#include "core/error.h"
#include "core/may_reply.h"
#include "core/receipt_token.h"
#include "core/send_limits.h"
#include "intake/record.h"

namespace papertray {
namespace {

// One receipt answers one mail, and a mail is its bytes: the token needs no counter and no chance, and
// comes out the same when the database is made anew. 96 bits are plenty for a workshop. A mail that a
// person routes may have been answered before, or routed before and taken back: the next digits, then,
// and so on around. "" after 64 times.
std::string token_for(StoreBatch& batch, const LoggedMail& mail, bool by_person) {
  if (!by_person) return token_of(mail.sha256);
  const std::string twice = mail.sha256 + mail.sha256;
  for (std::size_t n = 0; n < mail.sha256.size(); ++n) {
    std::string token =
        token_of(std::string_view(twice).substr((token_digits + n) % mail.sha256.size()));
    if (!batch.outbox_by_token(token)) return token;
  }
  return "";
}

// What was found in the paper when that is known already; else that it is to come, and the row waits for
// it.
std::optional<AwaitedCheck> tell_of_check(StoreBatch& batch, const Rules& rules, const Track& track,
                                          ReceiptOrder& order) {
  ReceiptFacts& facts = order.facts;
  const auto style = rules.styles.find(track.id);
  if (facts.label.empty() || facts.sha256.empty() || style == rules.styles.end()) return std::nullopt;
  if (const std::optional<KnownCheck> known = batch.known_check(facts.sha256, track.id);
      known && known->style_version == style->second.version) {
    facts.checked = known->paper;
    return std::nullopt;
  }
  if (!rules.checks) return std::nullopt;
  AwaitedCheck awaited{.sha256 = facts.sha256, .track = track.id, .order = order};
  facts.check_to_come = true;
  return awaited;
}

}  // namespace

void queue_receipt(StoreBatch& batch, const Desk& desk, const LoggedMail& mail, const Message& message,
                   const RecordedMail& recorded) {
  const Track* track = desk.rules.track(recorded.track);
  if (recorded.answer == Answer::none || mail.facts.receipts == Receipts::off || !track) return;

  OutboxRecord row;
  row.token = token_for(batch, mail, recorded.by_person);
  if (row.token.empty()) {
    batch.add_note(recorded.taken.message, "was routed too often to be answered again");
    return;
  }
  row.kind = receipt_kind_name(recorded.receipt.kind);
  row.to = recorded.taken.from;
  row.submission = recorded.submission;
  row.message = recorded.taken.message;
  row.created = mail.facts.fetched;

  const Authentication proof = authenticate(message, desk.rules.authserv);
  row.authenticated = proof.proof == SenderProof::passed;
  const MayReply reply = may_reply(message, desk.rules.own_addresses, proof);
  if (!reply.yes) {
    row.state = OutboxState::suppressed;
    row.reason = reply.reason;
    batch.add_outbox(row);
    return;
  }
  row.to = reply.to;
  row.state = mail.facts.receipts == Receipts::hold ? OutboxState::held : OutboxState::queued;
  if (!recorded.hold.empty() && row.state == OutboxState::queued) row.state = OutboxState::held;
  row.reason = recorded.hold;
  // Written all the same, so that a person can send it.
  const std::string over =
      over_limit(batch.receipts_to(mailbox_key(row.to), row.created - limits_window), desk.rules.limits);
  if (!over.empty()) {
    row.state = OutboxState::suppressed;
    row.reason = over;
  }
  ReceiptOrder order{.facts = recorded.receipt,
                     .to = reply.to,
                     .token = row.token,
                     .written = mail.facts.fetched,
                     .in_reply_to = message.message_id,
                     .references = message.references};
  row.awaits = tell_of_check(batch, desk.rules, *track, order);
  try {
    WrittenReceipt written = desk.receipts.write(order, desk.rules, *track);
    row.subject = std::move(written.subject);
    row.message_id = std::move(written.message_id);
    row.bytes = std::move(written.bytes);
  } catch (const Failure& failure) {
    // An address that no header can carry: the submission stands, a person sees whom to write to.
    if (failure.error().scope != Scope::message) throw;
    row.state = OutboxState::failed;
    row.reason = failure.error().text;
    row.awaits.reset();
  }
  batch.add_outbox(row);
}

}  // namespace papertray
