// Which entries of the log have a mail to be inspected. Internal to the intake.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "intake/known.h"
#include "intake/log.h"

namespace papertray {

// What an entry says of where a mail was seen; all nullptr when it says nothing of it.
struct Sighting {
  const std::string* sha256 = nullptr;
  const MailFacts* facts = nullptr;
  const LoggedMail* mail = nullptr;  // set when the mail's bytes came with it
};
Sighting sighting(const LogEntry& entry);

// A person's word about a mail; nullptr: the entry is none.
const Routed* routed_in(const LogEntry& entry);

// Goes through the entries of one batch, in order.
class ToInspect {
 public:
  explicit ToInspect(const Known& known) : known_(known) {}

  // The mail that is to be inspected with this entry: a new one, one that a person routes, or one that
  // was seen in spam folders only and is now in another one. Somebody has moved it there, so it is
  // decided as any other.
  std::optional<MailRef> mail_of(const LogEntry& entry);

 private:
  const Known& known_;
  std::map<std::string, const LoggedMail*> fresh_;  // of this batch, by SHA-256
};

}  // namespace papertray
