// A copy of the database as it is at one moment, made beside whoever writes.
#pragma once

#include <string>

#include "intake/log.h"

namespace papertray {

// `to` is a new file, mode 0600. Returns how far the copy has applied the log. Throws Failure (store);
// not_there when there is no database yet.
LogPosition copy_database(const std::string& from, const std::string& to);

}  // namespace papertray
