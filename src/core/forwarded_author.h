// Who wrote the mail that is passed on within a text: "---------- Forwarded message ---------" with its
// headers below, or headers alone as Outlook writes them. It is worth a word to people and nothing more:
// who passes it on is whom we answer, and these headers are words of whoever typed them.
#pragma once

#include <optional>
#include <string_view>

#include "core/message.h"

namespace papertray {

// nullopt when nothing is passed on, or it is not said whose it is; of several mails the outermost
// one's. Either of name and address may be "". Headers alone look the same in a reply, so with them the
// subject decides (`FW: Papers`). `text` is UTF-8 with LF line ends; the time is proportional to its
// length.
std::optional<Address> forwarded_author(std::string_view text, std::string_view subject);

}  // namespace papertray
