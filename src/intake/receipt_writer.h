// Turns the facts of a receipt into the bytes of a mail. Deterministic: the same facts give the same
// bytes, so that a database made anew from the log holds the same outbox.
#pragma once

#include <string>
#include <vector>

#include "core/receipt.h"
#include "core/rules.h"
#include "core/time.h"

namespace papertray {

struct ReceiptOrder {
  ReceiptFacts facts;
  std::string to;                       // bare address
  std::string token;                    // "pt-" + 24 hex digits
  Time written{};                       // Date
  std::string in_reply_to;              // the message's id, without < >; "" when it has none
  std::vector<std::string> references;  // its References
};

struct WrittenReceipt {
  std::string subject;     // decoded, for people
  std::string message_id;  // without < >
  std::string bytes;       // RFC 5322, CRLF
};

class ReceiptWriter {
 public:
  virtual ~ReceiptWriter() = default;
  // Throws Failure (message) when a value cannot stand in a header.
  virtual WrittenReceipt write(const ReceiptOrder& order, const Rules& rules, const Track& track) = 0;
};

}  // namespace papertray
