// The fourth and fifth step for one message: its fate, its submission and version, its receipt, all
// within one transaction that the caller commits.
#pragma once

#include <cstdint>
#include <optional>

#include "core/route.h"
#include "core/rules.h"
#include "intake/inspector.h"
#include "intake/log.h"
#include "intake/paper_shelf.h"
#include "intake/receipt_writer.h"
#include "intake/sighting.h"
#include "intake/store.h"
#include "intake/watcher.h"

namespace papertray {

// What the two steps need besides the message.
struct Desk {
  const Rules& rules;
  ReceiptWriter& receipts;
  PaperShelf& shelf;
};

// A message after the third step: read, and decided upon.
struct DecidedMail {
  const LoggedMail& mail;
  const Inspected& inspected;
  Decision decision;
  // On record already, as found in a spam folder, and decided anew.
  std::optional<std::int64_t> message = std::nullopt;
  // A person has said what it is: nothing is matched, and it is no withdrawal.
  bool by_person = false;
  std::optional<Candidate> into = std::nullopt;  // a version of this one
};

// The third step: what the rules say of a message, or that it could not be read; and what follows from
// where it was found. Pure.
Decision decide(const Inspected& inspected, const Rules& rules, const MailFacts& facts);

// Records the message, and the submission, version or question it brings, and gathers the facts of
// the receipt it earns. A PDF that cannot be read back from the inspector
// (Failure, scope message) turns the fate into quarantined.
struct RecordedMail {
  TakenMessage taken;
  Answer answer = Answer::none;
  std::string track;                       // "" when no track was meant
  ReceiptFacts receipt;                    // meaningful unless answer is none
  std::optional<std::int64_t> submission;  // the store's key
  bool by_person = false;                  // routed
  // Why a person has to let its receipt go, "" for most.
  std::string hold = {};
};
RecordedMail record_mail(StoreBatch& batch, const Desk& desk, DecidedMail decided);

// A mail that comes out of a spam folder with this sighting: its fate, submission and receipt anew.
// nullopt: that has been done already.
std::optional<TakenMessage> record_moved(StoreBatch& batch, const Desk& desk, const Sighting& seen,
                                         const Inspected& inspected);

// A mail on record that a person has said something about. nullopt: it cannot be taken as that, which is
// noted (the command asks before; another version of the inspector may read it differently).
std::optional<TakenMessage> record_routed(StoreBatch& batch, const Desk& desk, const Event& event,
                                          const Inspected& inspected);

// An entry at which papertray died (intake/attempt.h): nothing of its mail is looked at. nullopt: no new
// message.
std::optional<TakenMessage> record_passed_by(StoreBatch& batch, const Desk& desk, const LogEntry& entry,
                                             const std::string& why);
// Letters that a person has ordered: their words, and a row for each.
void record_letters(StoreBatch& batch, const Desk& desk, const Event& event);

// Writes the receipt's row: queued or held, or suppressed with the reason why nobody is answered.
void queue_receipt(StoreBatch& batch, const Desk& desk, const LoggedMail& mail, const Message& message,
                   const RecordedMail& recorded);

// The clocks of a mail, together.
MailClocks clocks_of(const MailFacts& facts, const Message& message);

}  // namespace papertray
