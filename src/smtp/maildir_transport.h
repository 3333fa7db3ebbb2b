// Writes instead of sending: `maildir:PATH`, for trying things out and for the demo.
#pragma once

#include <string>

#include "intake/transport.h"

namespace papertray {

class MaildirTransport final : public Transport {
 public:
  // The folder's path; it is made, with cur, new and tmp (0700), at the first delivery.
  explicit MaildirTransport(std::string path);

  // One file, named by the mail's token: a mail that is delivered again replaces itself in new/, and is
  // left alone where a mail reader has moved it to cur/. Lines end with LF, as local delivery writes
  // them. Durable when accepted; refused_later with the system's words when it cannot be written.
  Attempt deliver(const OutgoingMail& mail) override;
  void close() override {}

 private:
  std::string path_;
};

}  // namespace papertray
