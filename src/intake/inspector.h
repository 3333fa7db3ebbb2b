// Reads hostile bytes somewhere safe. The only way from a raw mail to a Message.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "core/message.h"
#include "intake/log.h"

namespace papertray {

// The decoded bytes of a message's PDFs, wherever they are kept.
class PartBytes {
 public:
  virtual ~PartBytes() = default;
  // Calls back with consecutive pieces of the part. Throws Failure (message).
  virtual void read(const Part& part, const std::function<void(std::span<const char>)>& piece) const = 0;
};

struct Inspected {
  Message message;                         // empty when quarantined
  std::shared_ptr<const PartBytes> parts;  // null when the message holds no PDF
  std::string quarantine;                  // why it could not be read; "" when it was
};

class Inspector {
 public:
  virtual ~Inspector() = default;
  // Inspects each mail and calls back once for each, in order. A mail that kills or stalls the
  // inspector is reported with `quarantine` set; the next ones are inspected all the same.
  // Throws Failure (program) only when no inspector can be started at all.
  virtual void inspect(std::span<const std::shared_ptr<const MailBytes>> mails,
                       const std::function<void(std::size_t, Inspected)>& done) = 0;
};

}  // namespace papertray
