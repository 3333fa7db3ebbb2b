#include <utility>
#include <variant>

#include "core/by_person.h"
#include "intake/record.h"

namespace papertray {

std::optional<TakenMessage> record_routed(StoreBatch& batch, const Desk& desk, const Event& event,
                                          const Inspected& inspected) {
  const auto& routed = std::get<Routed>(event.what);
  const std::optional<SpamMail> known = batch.mail_on_record(routed.sha256);
  if (!known) {
    batch.apply(event);  // says what is wrong with the log
    return std::nullopt;
  }
  const Track* track = desk.rules.track(routed.track);
  Decision decision;
  if (inspected.quarantine.empty() && track)
    decision = decide_by_person(inspected.message, *track, event.actor);
  if (decision.fate != Fate::recorded) {
    batch.add_note(known->message, "could not be taken as " + routed.track + ", as " + event.actor +
                                       " said: it cannot be read as that");
    return std::nullopt;
  }
  // Its number and its clocks stay: an author is not late because nobody had looked.
  LoggedMail mail{.ref = known->ref, .end = {}, .sha256 = routed.sha256, .facts = known->facts};
  mail.facts.receipts = routed.receipts;
  std::optional<Candidate> into;
  if (!routed.into.empty()) into = batch.submission_called(routed.into);
  const RecordedMail recorded = record_mail(batch, desk,
                                            {.mail = mail,
                                             .inspected = inspected,
                                             .decision = std::move(decision),
                                             .message = known->message,
                                             .by_person = true,
                                             .into = std::move(into)});
  batch.add_route(event, routed, known->message, recorded.submission);
  mail.facts.fetched = event.at;  // the receipt is written now
  queue_receipt(batch, desk, mail, inspected.message, recorded);
  return recorded.taken;
}

}  // namespace papertray
