#include "intake/take_withdrawal.h"

#include <utility>

#include <fmt/format.h>

#include "core/automatic.h"
#include "core/content.h"
#include "core/may_reply.h"
#include "core/receipt.h"
#include "core/reply_text.h"

namespace papertray {
namespace {

// More of one sender's are not named to a person.
constexpr std::size_t most_named = 5;

struct Meant {
  const Track* track = nullptr;
  Candidate candidate;
  std::string label;
};

Incoming incoming_of(const Message& message, const Track& track) {
  const Address* sender = sole_sender(message);
  Incoming incoming;
  incoming.sender = sender ? sender->address : "";
  incoming.subject = message.subject;
  incoming.in_reply_to = message.in_reply_to;
  incoming.references = message.references;
  incoming.prefix = track.prefix;
  return incoming;
}

std::string label_of(const Track& track, const Candidate& candidate) {
  return fmt::format("{}-{}", track.prefix, candidate.number);
}

// What the mail means, and what else the sender has.
struct Found {
  std::optional<Meant> meant;
  bool several = false;  // in more than one track: none is meant for sure
  std::vector<std::string> others;
};

Found look(StoreBatch& batch, const Message& message, const Rules& rules, const std::string& asked_for) {
  Found found;
  for (const Track& track : rules.tracks) {
    const Incoming incoming = incoming_of(message, track);
    const std::vector<Candidate> candidates = batch.candidates(track.id, incoming);
    const Candidate* meant = asked_for.empty() ? meant_by(incoming, candidates) : nullptr;
    for (const Candidate& candidate : candidates) {
      const std::string label = label_of(track, candidate);
      if (label == asked_for) meant = &candidate;
      if (is_address_of(candidate, incoming.sender) && candidate.state != SubmissionState::withdrawn &&
          found.others.size() < most_named)
        found.others.push_back(label);
    }
    if (!meant) continue;
    found.several = found.several || found.meant;
    found.meant = Meant{&track, *meant, label_of(track, *meant)};
  }
  if (found.several) found.meant.reset();
  return found;
}

std::string why_unanswered(const Message& message, const Rules& rules, Receipts receipts) {
  for (const ReceiptKind kind : {ReceiptKind::confirm_withdrawal, ReceiptKind::withdrawn})
    if (!rules.templates.contains(std::string(receipt_kind_name(kind))))
      return fmt::format("there is no template {}.txt", receipt_kind_name(kind));
  if (receipts == Receipts::off) return "nobody is answered here";
  return may_reply(message, rules.own_addresses, authenticate(message, rules.authserv)).reason;
}

WithdrawalFacts facts_of(const Found& found, const Message& message, const Rules& rules,
                         Receipts receipts) {
  const Address* sender = sole_sender(message);
  WithdrawalFacts facts;
  facts.sender = sender ? sender->address : "";
  facts.others = found.others;
  facts.pdf = count_pdfs(message) > 0;
  facts.unanswered = why_unanswered(message, rules, receipts);
  if (!found.meant) return facts;
  facts.label = found.meant->label;
  facts.state = found.meant->candidate.state;
  facts.own = is_address_of(found.meant->candidate, facts.sender);
  return facts;
}

// The row of our question that the mail answers.
std::optional<SentReceipt> question_answered(StoreBatch& batch, const Message& message) {
  const std::string token = answered_token(message);
  if (token.empty()) return std::nullopt;
  std::optional<SentReceipt> row = batch.outbox_by_token(token);
  if (!row || row->kind != receipt_kind_name(ReceiptKind::confirm_withdrawal)) return std::nullopt;
  return row;
}

// A list and a program can quote a token, too, and a forger an address; none of it is an author's word.
bool is_a_persons(const Message& message, const Rules& rules, const Decision& decision) {
  return (decision.fate == Fate::recorded || decision.fate == Fate::triage) &&
         automatic_of(message).kind == AutomaticKind::no &&
         authenticate(message, rules.authserv).proof != SenderProof::failed;
}

}  // namespace

std::optional<FoundWithdrawal> find_withdrawal(StoreBatch& batch, const Message& message,
                                               const Rules& rules, Receipts receipts,
                                               Decision& decision) {
  const std::optional<SentReceipt> asked = question_answered(batch, message);
  if (!asked && !decision.asks_to_withdraw) return std::nullopt;
  if (!is_a_persons(message, rules, decision)) return std::nullopt;
  const Found found = look(batch, message, rules, asked ? asked->submission : "");
  WithdrawalFacts facts = facts_of(found, message, rules, receipts);
  // A question may well begin so; it is about nothing that is here.
  if (!found.meant && decision.fate == Fate::recorded) return std::nullopt;
  if (!found.meant && asked) facts.label = asked->submission;
  WithdrawalVerdict verdict =
      asked ? judge_answer(facts, answers_withdrawal(reply_text(message.text).said), asked->state)
            : judge_request(facts);
  if (verdict.step == WithdrawalStep::none) return std::nullopt;
  decide_withdrawal(verdict, decision);
  FoundWithdrawal taken{
      .verdict = std::move(verdict), .label = facts.label, .submission = std::nullopt, .own = facts.own};
  if (!found.meant) return taken;
  taken.submission = found.meant->candidate.id;
  if (taken.settles()) decision.track = found.meant->track->id;
  return taken;
}

void take_withdrawal(StoreBatch& batch, const FoundWithdrawal& found, std::int64_t message) {
  if (!found.verdict.command.empty()) batch.add_note(message, found.verdict.sentence(), true);
  if (found.verdict.step == WithdrawalStep::withdraw) batch.withdraw(found.submission.value());
  // Its history tells of it; a stranger's mail is no part of a submission.
  if (found.settles() && found.submission && found.own) batch.link_message(message, *found.submission);
}

}  // namespace papertray
