// What becomes of a mail whose sender our server does not vouch for. Pure.
#pragma once

#include "core/authentication.h"
#include "core/route.h"
#include "core/submission.h"

namespace papertray {

// `decision` is what the rules say of the mail. Failed: a person looks before it becomes anything, and
// nobody is answered, since the answer would go to somebody who wrote nothing. What is ignored stays so.
// Missing: the mail becomes what it is; only nobody is answered (may_reply).
Decision with_proof(Decision decision, const Authentication& proof);

// A version may only come from whom our server vouches for, where it is asked: without that word the
// mail is a submission of its own, with a note for a person. `label` is "P-7", whose version it seemed.
VersionMatch with_proof(VersionMatch match, const Authentication& proof, const std::string& label);

}  // namespace papertray
