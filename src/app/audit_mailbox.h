// The part of an audit that asks the mailbox: does everything in it have a fate?
#pragma once

#include <optional>
#include <vector>

#include "app/config.h"
#include "imap/source.h"
#include "intake/clock.h"
#include "report/audit.h"
#include "store/audit_reader.h"

namespace papertray {

// What an IMAP mailbox holds; nothing for files. To be asked before the database is opened: what comes
// in between is new in both. Throws Failure (account, folder).
std::vector<FolderUids> list_mailbox(const MailboxConfig& mailbox, const Clock& clock);

// Compares `listed`, or the Maildir or mbox as it is now, with the database. Throws Failure (store,
// folder).
void audit_mailbox(AuditView& view, const MailboxConfig& mailbox, const std::vector<FolderUids>& listed,
                   const Clock& clock, const AuditReader& database);

}  // namespace papertray
