#include <utility>

#include "core/spam.h"
#include "intake/record.h"

namespace papertray {

std::optional<TakenMessage> record_moved(StoreBatch& batch, const Desk& desk, const Sighting& seen,
                                         const Inspected& inspected) {
  const std::optional<SpamMail> spam = batch.spam_mail(*seen.sha256);
  if (!spam) return std::nullopt;
  // Its number and its clocks stay: an author is not late because of a filter.
  LoggedMail mail{.ref = spam->ref, .end = {}, .sha256 = *seen.sha256, .facts = spam->facts};
  // Answered as the place where it is now is, and when it was seen there.
  mail.facts.receipts = seen.facts->receipts;
  Decision decision = decide(inspected, desk.rules, *seen.facts);
  decision.notes.push_back(moved_from_spam(spam->facts.place.folder));
  const RecordedMail recorded = record_mail(
      batch, desk,
      {.mail = mail, .inspected = inspected, .decision = std::move(decision), .message = spam->message});
  mail.facts.fetched = seen.facts->fetched;
  queue_receipt(batch, desk, mail, inspected.message, recorded);
  return recorded.taken;
}

}  // namespace papertray
