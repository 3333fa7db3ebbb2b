// Composes the mails that we send. The same draft gives the same bytes: no clock, no random boundary,
// no invented Message-ID.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/time.h"

namespace papertray {

struct Draft {
  std::string from;      // `Name <local@domain>`
  std::string to;        // bare address
  std::string subject;   // UTF-8
  std::string text;      // UTF-8, LF
  std::string html;      // UTF-8, LF; "" for a mail of text alone
  std::string boundary;  // [A-Za-z0-9-], unique for the mail (its token); only with html
  Time date{};
  std::string message_id;               // without < >
  std::string in_reply_to;              // the answered mail's Message-ID without < >; "" for none
  std::vector<std::string> references;  // the answered mail's References, without < >
  // More headers, in this order; names of our own choosing, values UTF-8.
  std::vector<std::pair<std::string, std::string>> headers;
};

// RFC 5322 bytes with CRLF. Bytes that are no UTF-8 become U+FFFD. Ids of in_reply_to and references
// that cannot be written (a stranger made them) are left out: the thread suffers, not the mail.
// Throws Failure (message) for CR, LF or NUL in anything that stands in a header, for an address that
// cannot be written to, for a message_id or a header's name that is none.
std::string compose(const Draft& draft);

}  // namespace papertray
