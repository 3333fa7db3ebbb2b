// One mail out of a file, with the facts that an import would note of it.
#pragma once

#include <memory>
#include <string>

#include "app/passing_mail.h"
#include "intake/clock.h"
#include "intake/place.h"

namespace papertray {

struct OneMail {
  MailFacts facts;
  std::shared_ptr<const PassingMail> bytes;
};

// `path`: a mail, an mbox of one mail, or "-" for standard input. Throws Failure: not_there, or
// bad_data when it holds no mail or several.
OneMail read_one_mail(const std::string& path, const Clock& clock);

}  // namespace papertray
