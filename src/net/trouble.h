// What a server's words say of its trouble: response codes of IMAP (RFC 5530, Gmail's own).
#pragma once

#include <string_view>

#include "core/error.h"

namespace papertray {

// throttled, over_quota or unavailable for a code like "OVERQUOTA", ASCII case aside, without its
// brackets; none when it tells of no trouble of the server itself.
Trouble trouble_of_code(std::string_view code);

// The same for "NO [OVERQUOTA] Too much": the first code in brackets. At a login Gmail tells two
// troubles in plain words only; they are known too.
Trouble trouble_of_words(std::string_view words);

}  // namespace papertray
