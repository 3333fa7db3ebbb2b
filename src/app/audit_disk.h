// The part of an audit that asks nobody: the log, the database, papers/.
#pragma once

#include <string>

#include "app/config.h"
#include "app/globals.h"
#include "report/audit.h"
#include "store/audit_reader.h"

namespace papertray {

// Reads the log and verifies it; makes a database from it, in a temporary folder, up to where `database`
// stands, and compares. `database` is nullptr when it cannot be read. What is not well goes into the
// view; throws Failure (try_later) when it is asked to stop, and what has nothing to do with the desk
// (no temporary folder, no inspector).
void audit_disk(AuditView& view, const Config& config, const Globals& globals,
                const AuditReader* database);

// Each file of papers/ that the database knows, its size and SHA-256.
void audit_papers(AuditView& view, const std::string& folder, const AuditReader& database);

}  // namespace papertray
