// Whether a message may be answered by a machine: RFC 3834, RFC 5230 section 4.6, and what peers
// got wrong. The mail is recorded in any case; this decides about the receipt only.
#pragma once

#include <string>
#include <vector>

#include "core/authentication.h"
#include "core/message.h"
#include "core/rules.h"

namespace papertray {

struct MayReply {
  bool yes = false;
  std::string to;      // the bare address to answer, when yes
  std::string reason;  // one sentence, when no
};

// `own` are all addresses that are ours: the rules' and the ones mail is sent from.
MayReply may_reply(const Message& message, const std::vector<std::string>& own);

// The same where a server's word about the sender is asked for: no proof, no answer.
MayReply may_reply(const Message& message, const std::vector<std::string>& own,
                   const Authentication& proof);

}  // namespace papertray
