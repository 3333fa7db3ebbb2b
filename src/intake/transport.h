// Sends one finished mail. Knows nothing of receipts.
#pragma once

#include <string>

#include "core/retry.h"

namespace papertray {

struct OutgoingMail {
  std::string token;  // unique for the row; a Maildir transport names the file by it
  std::string to;     // one bare address
  std::string bytes;  // RFC 5322, CRLF line ends
};

class Transport {
 public:
  virtual ~Transport() = default;
  // One attempt. Never throws for what the server says or does; the envelope sender is `<>`.
  virtual Attempt deliver(const OutgoingMail& mail) = 0;
  // Ends the connection politely; called when the outbox has nothing more to send.
  virtual void close() = 0;
};

}  // namespace papertray
