#include "intake/record.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/deadline.h"
#include "core/error.h"
#include "core/possibly_forged.h"
#include "core/printable.h"
#include "core/received_at.h"
#include "core/reply_text.h"
#include "core/spam.h"
#include "core/subject.h"
#include "core/title.h"
#include "intake/take_bounce.h"
#include "intake/take_withdrawal.h"

namespace papertray {
namespace {

// What a submission's version is made of, before the database knows it.
struct Content {
  std::string file_name;
  std::uint64_t size = 0;
  std::string sha256;
  std::string text;
  std::string full_text;  // "" when that is all of it
};

// Line ends at a text's end are no part of what somebody says.
std::string_view without_line_ends(std::string_view text) {
  while (text.ends_with('\n'))
    text.remove_suffix(1);
  return text;
}

Content content_of(const DecidedMail& decided, const Track& track) {
  const Message& message = decided.inspected.message;
  Content content;
  if (track.needs == Needs::pdf) {
    content.text = message.text;
    const Part& paper = message.parts.at(static_cast<std::size_t>(decided.decision.paper));
    content.file_name = paper.name;
    content.size = paper.size;
    content.sha256 = paper.sha256;
  } else {
    content.text = reply_text(message.text).said;
    if (content.text != without_line_ends(message.text)) content.full_text = message.text;
    content.size = content.text.size();
    // Two questions are the same only when the mails are: the text alone is too little to tell.
    content.sha256 = decided.mail.sha256;
  }
  return content;
}

Incoming incoming_of(const Message& message, const Track& track, const Content& content) {
  const Address* sender = sole_sender(message);
  Incoming incoming;
  incoming.sender = sender ? sender->address : "";
  incoming.subject = message.subject;
  for (const std::string& phrase : track.subjects) {
    if (!incoming.title.empty()) break;
    incoming.title = comparable_title(subject_remainder(message.subject, phrase));
  }
  incoming.sha256 = content.sha256;
  incoming.in_reply_to = message.in_reply_to;
  incoming.references = message.references;
  incoming.prefix = track.prefix;
  return incoming;
}

std::string title_of(const Message& message, const Track& track) {
  for (const std::string& phrase : track.subjects) {
    std::string title = subject_remainder(message.subject, phrase);
    if (!title.empty()) return title;
  }
  return "";
}

// The page beside the PDF in papers/, for people who open the folder.
std::string cover_text(const DecidedMail& decided, const std::string& label, int version,
                       const ReceivedAt& received, const Content& content) {
  const Message& message = decided.inspected.message;
  const Address* sender = sole_sender(message);
  return fmt::format(
      "{} version {}\nfrom      {}{}\nsubject   {}\nreceived  {} ({})\nfile      {}, {} bytes\n"
      "sha-256   {}\nmail      {}\n\n{}\n",
      label, version, sender ? one_line(sender->address) : "unknown",
      sender && !sender->name.empty() ? " (" + one_line(sender->name) + ")" : "",
      one_line(message.subject), rfc3339(received.at), clock_name(received.clock),
      one_line(content.file_name), content.size, content.sha256, decided.mail.sha256,
      many_lines(message.text));
}

// A version that is on time, but older than the one that counts (found late in another folder), does
// not replace it.
ReceiptKind kind_of_version(const Lateness& late, int version, const CountingVersion& counting) {
  if (!late.on_time) return ReceiptKind::late;
  return version > 1 && counting.version == version ? ReceiptKind::replaced : ReceiptKind::received;
}

// What else the log tells of a Message-ID is a hint for a person and nothing more: templates and mail
// programs write one twice.
void note_same_id(StoreBatch& batch, const std::string& sha256, const Message& message,
                  Decision& decision) {
  if (const auto other = batch.message_with_id(message.message_id, sha256))
    decision.notes.push_back(
        fmt::format("has the Message-ID of M-{}, but other bytes: they are two", *other));
}

MessageRecord message_record(const DecidedMail& decided, const ReceivedAt& received) {
  const Message& message = decided.inspected.message;
  MessageRecord record;
  record.sha256 = decided.mail.sha256;
  record.ref = decided.mail.ref;
  record.facts = decided.mail.facts;
  record.clocks = clocks_of(decided.mail.facts, message);
  record.received = received;
  record.message_id = message.message_id;
  if (!message.from.empty()) {
    record.from = message.from.front().address;
    record.from_name = message.from.front().name;
  }
  record.subject = message.subject;
  record.decision = decided.decision;
  record.notes = message.notes;
  record.notes.insert(record.notes.end(), decided.decision.notes.begin(), decided.decision.notes.end());
  if (!received.note.empty()) record.notes.push_back(received.note);
  return record;
}

void quarantine(Decision& decision, const std::string& why) {
  decision.fate = Fate::quarantined;
  decision.answer = Answer::none;
  decision.reason = why;
  decision.trace.push_back(why);
}

// Where the version goes, settled before anything is written.
struct Slot {
  VersionMatch match;
  std::optional<Candidate> earlier;
  int number = 0;
  int version = 1;
  std::string label;
  std::string paper_file;
  bool final_copy = false;
};

Slot find_slot(StoreBatch& batch, const Track& track, Incoming incoming, const DecidedMail& decided,
               const Authentication& proof, Time received) {
  Slot slot;
  const auto settle_final = [&](const Candidate& candidate) {
    if (track.needs != Needs::pdf) return;
    slot.final_copy =
        is_final_copy(candidate, track.due ? std::optional(track.due->last) : std::nullopt, received);
    slot.match = with_final_copy(slot.match, candidate, slot.final_copy,
                                 fmt::format("{}-{}", track.prefix, candidate.number));
  };
  incoming.number = batch.next_number(track.id);
  // Questions have no versions: each one asked is one more for the panel.
  const bool versions = track.needs == Needs::pdf && !decided.by_person;
  if (decided.into) {
    slot.match.match = Match::version;
    slot.match.reason = fmt::format("a version of {}-{}", track.prefix, decided.into->number);
    slot.earlier = decided.into;
    settle_final(*decided.into);
  }
  if (versions) {
    const std::vector<Candidate> candidates = batch.candidates(track.id, incoming);
    slot.match = match_version(incoming, candidates);
    if (slot.match.match != Match::fresh)
      settle_final(candidates.at(static_cast<std::size_t>(slot.match.candidate)));
    if (slot.match.match == Match::version) {
      const int earlier = candidates.at(static_cast<std::size_t>(slot.match.candidate)).number;
      slot.match = with_proof(slot.match, proof, fmt::format("{}-{}", track.prefix, earlier));
      if (slot.match.match == Match::fresh)
        slot.match.note += "; if it is: " + merge_command(incoming, earlier);
    }
    if (slot.match.match != Match::fresh)
      slot.earlier = candidates.at(static_cast<std::size_t>(slot.match.candidate));
  }
  slot.final_copy = slot.final_copy && slot.match.match == Match::version;
  slot.number = slot.earlier ? slot.earlier->number : incoming.number;
  if (slot.match.match == Match::version) slot.version = batch.next_version(slot.earlier->id);
  slot.label = fmt::format("{}-{}", track.prefix, slot.number);
  if (track.needs == Needs::pdf)
    slot.paper_file = fmt::format("{}-{:03}_v{}", track.prefix, slot.number, slot.version);
  return slot;
}

}  // namespace

Decision decide(const Inspected& inspected, const Rules& rules, const MailFacts& facts) {
  Decision decision;
  if (inspected.quarantine.empty())
    decision = route(inspected.message, rules, facts.oversize);
  else
    quarantine(decision, inspected.quarantine);
  decision = with_proof(std::move(decision), authenticate(inspected.message, rules.authserv));
  return facts.spam ? in_spam_folder(std::move(decision), facts.place.folder) : decision;
}

MailClocks clocks_of(const MailFacts& facts, const Message& message) {
  return {.internaldate = facts.internaldate,
          .received = message.received,
          .delivery_date = message.delivery_date,
          .mbox_from = facts.mbox_from,
          .file_time = facts.file_time,
          .date = message.date,
          .fetched = facts.fetched};
}

namespace {

// Puts the paper on the shelf, before the database says that it is there.
void shelve(const Desk& desk, DecidedMail& decided, const Slot& slot, const Content& content,
            const ReceivedAt& received) {
  const Part& paper =
      decided.inspected.message.parts.at(static_cast<std::size_t>(decided.decision.paper));
  desk.shelf.put(
      slot.paper_file, [&](const auto& piece) { decided.inspected.parts->read(paper, piece); },
      cover_text(decided, slot.label, slot.version, received, content));
}

// A receipt of its own, where the rules have words for it: an older log's have none.
void answer_final_copy(const Track& track, const Rules& rules, const Slot& slot,
                       RecordedMail& recorded) {
  ReceiptFacts& receipt = recorded.receipt;
  if (!rules.templates.contains(std::string(receipt_kind_name(ReceiptKind::final_copy)))) return;
  receipt.kind = ReceiptKind::final_copy;
  receipt.due = track.final_due;
  receipt.lateness = lateness(track.final_due, receipt.received);
  receipt.counts_version.reset();
  // The receipt says that the paper is accepted, which is for the organizers to say first.
  if (!slot.earlier->told)
    recorded.hold =
        fmt::format("no letter has told yet that {} is accepted, which this receipt does", slot.label);
}

// Writes the submission and its version; completes the receipt's facts.
void file_version(StoreBatch& batch, const DecidedMail& decided, const Rules& rules, const Track& track,
                  const Slot& slot, const Content& content, RecordedMail& recorded) {
  const Message& message = decided.inspected.message;
  const std::string title = title_of(message, track);
  const Address* sender = sole_sender(message);
  ReceiptFacts& receipt = recorded.receipt;
  const std::int64_t submission =
      slot.earlier ? slot.earlier->id
                   : batch.add_submission({.track = track.id,
                                           .number = slot.number,
                                           .prefix = track.prefix,
                                           .submitter = recorded.taken.from,
                                           .submitter_name = sender ? sender->name : "",
                                           .title = title});
  if (slot.match.match == Match::duplicate) {
    batch.link_message(recorded.taken.message, submission);
    receipt.kind = ReceiptKind::duplicate;
  } else {
    batch.add_version(
        {.submission = submission,
         .version = slot.version,
         .message = recorded.taken.message,
         .received = receipt.received,
         .due = track.due ? std::optional(track.due->last) : std::nullopt,
         .on_time = receipt.lateness.on_time,
         .margin = receipt.lateness.margin,
         .file_name = content.file_name,
         .size = content.size,
         .sha256 = content.sha256,
         .text = content.text,
         .full_text = content.full_text,
         .paper_file = slot.paper_file.empty() ? "" : slot.paper_file + ".pdf",
         .title = title,
         .final_due = track.final_due ? std::optional(track.final_due->last) : std::nullopt,
         .final_copy = slot.final_copy});
    const CountingVersion counting = batch.counting_version(submission).value();
    receipt.kind = recorded.answer == Answer::question
                       ? ReceiptKind::question
                       : kind_of_version(receipt.lateness, slot.version, counting);
    if (counting.on_time && counting.version != slot.version) receipt.counts_version = counting.version;
    if (slot.final_copy) answer_final_copy(track, rules, slot, recorded);
  }
  recorded.submission = submission;
  recorded.taken.submission = slot.label;
  recorded.taken.version = slot.version;
  receipt.label = slot.label;
  receipt.version = slot.version;
  receipt.file_name = content.file_name;
  receipt.size = content.size;
  receipt.sha256 = content.sha256;
  if (track.needs == Needs::text) receipt.question = content.text;
  for (std::size_t i = 0; i < message.parts.size(); ++i)
    if (static_cast<int>(i) != decided.decision.paper && message.parts[i].pdf)
      receipt.other_files.push_back(message.parts[i].name);
}

void complete(RecordedMail& recorded, const FoundWithdrawal& withdrawal) {
  if (!withdrawal.settles() || recorded.answer == Answer::none) return;
  recorded.submission = withdrawal.submission;
  recorded.taken.submission = withdrawal.label;
  recorded.receipt.label = withdrawal.label;
  recorded.receipt.kind =
      recorded.answer == Answer::withdrawn ? ReceiptKind::withdrawn : ReceiptKind::confirm_withdrawal;
}

}  // namespace

RecordedMail record_mail(StoreBatch& batch, const Desk& desk, DecidedMail decided) {
  const Message& message = decided.inspected.message;
  const ReceivedAt received = received_at(clocks_of(decided.mail.facts, message));
  // A mail in a spam folder changes nothing but itself.
  const bool in_spam = decided.mail.facts.spam && !decided.message;
  std::optional<FoundWithdrawal> withdrawal;
  if (!in_spam && !decided.by_person)
    withdrawal =
        find_withdrawal(batch, message, desk.rules, decided.mail.facts.receipts, decided.decision);
  note_same_id(batch, decided.mail.sha256, message, decided.decision);

  const Track* track = desk.rules.track(decided.decision.track);
  const bool brings = decided.decision.fate == Fate::recorded && !(withdrawal && withdrawal->settles());
  std::optional<Slot> slot;
  Content content;
  std::vector<std::string> open_notes;
  if (brings) {
    content = content_of(decided, *track);
    slot = find_slot(batch, *track, incoming_of(message, *track, content), decided,
                     authenticate(message, desk.rules.authserv), received.at);
    if (!slot->match.reason.empty()) decided.decision.reason += "; " + slot->match.reason;
    if (!slot->match.note.empty()) open_notes.push_back(slot->match.note);
    try {
      if (!slot->paper_file.empty() && slot->match.match != Match::duplicate)
        shelve(desk, decided, *slot, content, received);
    } catch (const Failure& failure) {
      if (failure.error().scope != Scope::message) throw;
      quarantine(decided.decision, failure.error().text);
      slot.reset();
    }
  }

  const std::optional<FoundBounce> bounce = find_bounce(batch, message, decided.decision);
  RecordedMail recorded;
  MessageRecord record = message_record(decided, received);
  record.open_notes = std::move(open_notes);
  if (decided.message) batch.decide_anew(*decided.message, record);
  recorded.taken.message = decided.message ? *decided.message : batch.add_message(record);
  if (withdrawal) take_withdrawal(batch, *withdrawal, recorded.taken.message);
  if (bounce) take_bounce(batch, *bounce, recorded.taken.message);
  recorded.by_person = decided.by_person;
  recorded.taken.sha256 = decided.mail.sha256;
  recorded.taken.message_id = message.message_id;
  recorded.taken.from = message.from.empty() ? "" : message.from.front().address;
  recorded.taken.fate = decided.decision.fate;
  recorded.taken.reason = decided.decision.reason;
  recorded.answer = decided.decision.answer;
  recorded.track = decided.decision.track;
  recorded.receipt.kind = ReceiptKind::problem;
  recorded.receipt.problem = decided.decision.problem;
  recorded.receipt.problem_file = decided.decision.problem_file;
  recorded.receipt.problem_kind = decided.decision.problem_kind;
  recorded.receipt.oversize = decided.mail.facts.oversize;
  recorded.receipt.received = received.at;
  recorded.receipt.sender_subject = message.subject;
  if (track) {
    recorded.receipt.due = track->due;
    recorded.receipt.lateness = lateness(track->due, received.at);
  }
  if (withdrawal) complete(recorded, *withdrawal);
  if (slot) file_version(batch, decided, desk.rules, *track, *slot, content, recorded);
  return recorded;
}

}  // namespace papertray
