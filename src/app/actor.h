// Who acts, for the log: every human act says it.
#pragma once

#include <string>

namespace papertray {

// `given` (--as) or, when that is "", the login name; never "papertray", which means the machine. Throws
// Failure (usage) for a name that cannot stand on one line.
std::string actor_of(const std::string& given);

}  // namespace papertray
