#include "smtp/transports.h"

#include "core/error.h"
#include "core/printable.h"
#include "smtp/maildir_transport.h"
#include "smtp/smtp_transport.h"

namespace papertray {

std::unique_ptr<Transport> make_transport(const TransportSettings& settings) {
  if (!settings.maildir.empty()) return std::make_unique<MaildirTransport>(settings.maildir);
  const std::string scheme = parse_server_url(settings.server.url).scheme;
  if (scheme == "smtp" || scheme == "smtps")
    return std::make_unique<SmtpTransport>(settings.server, settings.envelope_from);
  throw Failure(Error{Scope::account, Again::person, Exit::configuration,
                      "mail is not sent over " + one_line(scheme) +
                          "://; the url in [smtp] begins with smtp://, smtps:// or maildir:"});
}

}  // namespace papertray
