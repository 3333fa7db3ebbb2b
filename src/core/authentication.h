// Whether a mail comes from whom it says, by the word of the server that took it in (RFC 8601). Pure.
#pragma once

#include <string>
#include <string_view>

#include "core/message.h"

namespace papertray {

enum class SenderProof {
  unasked,  // nobody's word is believed: no authserv-id is configured
  passed,   // the From address's domain vouches for the mail
  missing,  // our server says nothing that proves or disproves it
  failed,   // our server says that the domain does not vouch for it: possibly forged
};

struct Authentication {
  SenderProof proof = SenderProof::unasked;
  std::string reason;  // half a sentence, with the server's words
};

// What `authserv_id` of the configuration means: a preset's name ("gmail", "outlook", "fastmail") or the
// id itself. "*.example.org" is any id below example.org; "-" is a field without an id (Exchange
// Online).
std::string authserv_pattern(std::string_view configured);

// Only the topmost Authentication-Results of that id counts: what the mail brought along stands below
// the one that our server put on top (RFC 8601 section 5), and one of another id is a stranger's word.
Authentication authenticate(const Message& message, std::string_view pattern);

}  // namespace papertray
