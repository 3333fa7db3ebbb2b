// Signs that no person wrote a mail. Shared by route and may_reply; internal to core.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/message.h"

namespace papertray {

enum class AutomaticKind {
  no,
  report,     // multipart/report: a bounce, a read receipt, a spam complaint
  null_path,  // from `<>` or <mailer-daemon>, as bounces are
  machine,    // auto-replies, notices, calendar, bounces without a report
  bulk,       // lists and mass mail; a person may have written it
};

struct Automatic {
  AutomaticKind kind = AutomaticKind::no;
  std::string reason;  // one sentence, "" for no
};

Automatic automatic_of(const Message& message);

// A header's value for comparing: comments (RFC 5322 section 3.2.2) out, lower case, trimmed.
std::string plain_value(std::string_view value);

// `plain_value` cut at commas, semicolons and blanks.
std::vector<std::string> plain_words(std::string_view value);

}  // namespace papertray
