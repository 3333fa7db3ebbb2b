// SQLite's failures as ours: what happened to which file, and what a person does about it.
#pragma once

#include <string>

#include "core/error.h"

namespace SQLite {
class Exception;
}

namespace papertray {

// Scope is store. Busy: try again later. Full, read-only or failing disk: cannot write. Damaged or no
// database at all: bad data, `papertray rebuild`.
Failure store_failure(const std::string& path, const SQLite::Exception& cause);

}  // namespace papertray
