// Signs that no person wrote a mail. Shared by route and may_reply; internal to core.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/message.h"

namespace papertray {

enum class AutomaticKind {
  no,
  report,     // multipart/report: a bounce, a read receipt
  null_path,  // from `<>`, as bounces are
  machine,    // auto-replies, notices, calendar, mailer daemons
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

// The local part by which mail systems write (mailer-daemon, postmaster), or "".
std::string daemon_address(std::string_view address);
// The same, and owner-*, *-request, *-bounces, listserv, majordomo.
std::string list_address(std::string_view address);
// The same, and bounces, noreply in its spellings: nobody reads what is sent there.
std::string unanswered_address(std::string_view address);

}  // namespace papertray
