#include <variant>

#include "intake/record.h"

namespace papertray {

std::optional<TakenMessage> record_passed_by(StoreBatch& batch, const Desk& desk, const LogEntry& entry,
                                             const std::string& why) {
  const auto* mail = std::get_if<LoggedMail>(&entry.what);
  if (mail && !batch.message_by_sha256(mail->sha256)) {
    Inspected unread;
    unread.quarantine = why;
    Decision decision = decide(unread, desk.rules, mail->facts);
    return record_mail(batch, desk,
                       {.mail = *mail, .inspected = unread, .decision = std::move(decision)})
        .taken;
  }
  if (mail) {
    batch.add_place(mail->facts, *batch.message_by_sha256(mail->sha256));
  } else if (const Routed* routed = routed_in(entry)) {
    if (const auto known = batch.mail_on_record(routed->sha256))
      batch.add_note(known->message, "could not be taken as " + routed->track + ": " + why, false);
  } else {
    // A mail out of a spam folder: that it is there now is known, what it is stays open.
    batch.apply(std::get<Event>(entry.what));
  }
  return std::nullopt;
}

}  // namespace papertray
