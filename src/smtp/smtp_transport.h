// Sends over SMTP with libcurl: one connection for many mails, dropped as soon as it may be out of step.
#pragma once

#include <memory>
#include <string>

#include "intake/transport.h"
#include "net/server.h"

namespace papertray {

class SmtpTransport final : public Transport {
 public:
  // `envelope_from` is the bounce address, "" for `<>` (RFC 3834 section 3.3: nobody answers that).
  // Opens nothing yet. Throws Failure (account, configuration) for an address that is none.
  explicit SmtpTransport(Server server, std::string envelope_from = "");
  ~SmtpTransport() override;

  // At most one DATA. Where the configuration or the secret is at fault (a password file that is not
  // there) the attempt ends as `credentials`, which stops the sending until a person has looked.
  Attempt deliver(const OutgoingMail& mail) override;

  // Sends QUIT and does not wait for the answer.
  void close() override;

 private:
  struct Connection;
  Attempt attempt(const OutgoingMail& mail);

  Server server_;
  bool password_alone_ = false;  // Kerberos was in the way once
  std::string envelope_from_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace papertray
