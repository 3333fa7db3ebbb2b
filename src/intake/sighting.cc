#include "intake/sighting.h"

#include <variant>

namespace papertray {

Sighting sighting(const LogEntry& entry) {
  if (const auto* mail = std::get_if<LoggedMail>(&entry.what))
    return {.sha256 = &mail->sha256, .facts = &mail->facts, .mail = mail};
  if (const auto* again = std::get_if<SeenAgain>(&std::get<Event>(entry.what).what))
    return {.sha256 = &again->sha256, .facts = &again->facts};
  return {};
}

const Routed* routed_in(const LogEntry& entry) {
  const auto* event = std::get_if<Event>(&entry.what);
  return event ? std::get_if<Routed>(&event->what) : nullptr;
}

std::optional<MailRef> ToInspect::mail_of(const LogEntry& entry) {
  if (const Routed* routed = routed_in(entry)) {
    if (const auto fresh = fresh_.find(routed->sha256); fresh != fresh_.end()) return fresh->second->ref;
    const std::optional<SpamMail> mail = known_.mail_on_record(routed->sha256);
    return mail ? std::optional(mail->ref) : std::nullopt;
  }
  const Sighting seen = sighting(entry);
  if (!seen.facts) return std::nullopt;
  const auto fresh = fresh_.find(*seen.sha256);
  if (fresh != fresh_.end()) {
    const LoggedMail& first = *fresh->second;
    return first.facts.spam && !seen.facts->spam ? std::optional(first.ref) : std::nullopt;
  }
  if (seen.mail && !known_.has_message(*seen.sha256)) {
    fresh_.emplace(*seen.sha256, seen.mail);
    return seen.mail->ref;
  }
  if (seen.facts->spam) return std::nullopt;
  const std::optional<SpamMail> spam = known_.spam_mail(*seen.sha256);
  return spam ? std::optional(spam->ref) : std::nullopt;
}

}  // namespace papertray
