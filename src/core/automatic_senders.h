// Addresses and names by which programs write. Internal to core.
#pragma once

#include <string>
#include <string_view>

#include "core/message.h"

namespace papertray {

// The local part by which mail systems write (mailer-daemon, postmaster), or "".
std::string daemon_address(std::string_view address);
// The same, and owner-*, *-request, *-bounces, listserv, majordomo.
std::string list_address(std::string_view address);
// The same, and bounces, noreply in its spellings: nobody reads what is sent there.
std::string unanswered_address(std::string_view address);

// Who wrote it, when From or Sender say that it was a mail system, by address or by name; "" otherwise.
std::string mail_system(const Message& message);

}  // namespace papertray
