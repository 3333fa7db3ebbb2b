// The mailbox and the transport that the configuration names.
#pragma once

#include <memory>

#include "app/config.h"
#include "imap/source.h"
#include "intake/clock.h"
#include "intake/mailbox_source.h"
#include "intake/transport.h"

namespace papertray {

std::unique_ptr<MailboxSource> open_mailbox(const MailboxConfig& mailbox, const Clock& clock);
std::unique_ptr<Transport> open_transport(const SmtpConfig& smtp);

// For an IMAP mailbox.
ImapSettings imap_settings(const MailboxConfig& mailbox);

}  // namespace papertray
