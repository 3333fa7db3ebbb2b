// What `doctor` looks at on this machine: disk, database, lock, sandbox.
#pragma once

#include "app/config.h"
#include "app/examination.h"
#include "app/globals.h"

namespace papertray {

void look_at_state(Examination& found, const Config& config);
void look_at_sync_speed(Examination& found, const Config& config);
void look_at_database(Examination& found, const Config& config);
void look_at_lock(Examination& found, const Config& config);
void look_at_sandbox(Examination& found, const Globals& globals);

}  // namespace papertray
