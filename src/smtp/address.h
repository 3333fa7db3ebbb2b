// Addresses that we write to and from: checked before they stand in a header or after RCPT TO.
#pragma once

#include <string>
#include <string_view>

#include "core/message.h"

namespace papertray {

// Why a bare address cannot be written to, as half a sentence ("needs SMTPUTF8 ..."); "" when it can.
// Letters of RFC 5322 and dots anywhere (some providers gave out `a..b.@`), or a quoted local part
// without blanks; a domain of ASCII labels or an address literal.
std::string address_problem(std::string_view address);

// `Name <local@domain>`, `"Name, with comma" <local@domain>` or the bare address; the name is UTF-8.
// Throws Failure (message) with what is wrong.
Address parse_mailbox(std::string_view text);

}  // namespace papertray
