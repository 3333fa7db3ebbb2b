// papertray audit: every mail has one fate, and what lies on the disk is what was written.
#pragma once

#include "app/globals.h"

namespace papertray {

struct AuditOptions {
  bool offline = false;  // the mailbox is not asked
};

// Takes no lock and changes nothing of the desk's.
int cmd_audit(const Globals& globals, const AuditOptions& options);

}  // namespace papertray
