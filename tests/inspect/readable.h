// A Message as JSON for people, and what becomes of it: what the goldens beside the mails hold.
#pragma once

#include <string>

#include "intake/inspector.h"

namespace papertray::test {

// Fields that hold nothing are left out. Ends in a line end.
std::string readable(const Inspected& inspected);

}  // namespace papertray::test
