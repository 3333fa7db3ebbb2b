// What the fetching side asks: has this been taken in already?
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "intake/log.h"
#include "intake/mailbox_source.h"

namespace papertray {

// A message whose fate is a spam folder's (core/spam.h), because it was seen nowhere else yet.
struct SpamMail {
  std::int64_t message = 0;
  MailRef ref;
  MailFacts facts;  // what its clocks need, and its folder
};

class Known : public SeenPlaces {
 public:
  virtual bool has_message(const std::string& sha256) const = 0;
  virtual std::optional<SpamMail> spam_mail(const std::string& sha256) const = 0;
  // The same of any message, wherever it was seen; `facts.spam` tells.
  virtual std::optional<SpamMail> mail_on_record(const std::string& sha256) const = 0;
};

}  // namespace papertray
