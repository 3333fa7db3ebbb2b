// papertray doctor: configuration, rules, deadlines, disk, database, lock, sandbox, logins,
// certificates, clocks; a line each, with what to do.
#pragma once

#include "app/globals.h"

namespace papertray {

int cmd_doctor(const Globals& globals);

}  // namespace papertray
