// The state of the desk, put together from database, rules and what the last run left: for `status` and
// `report`.
#pragma once

#include "app/config.h"
#include "core/rules.h"
#include "report/reader.h"
#include "report/status.h"

namespace papertray {

// `reader` is nullptr before the first mail.
StatusView status_view(const Config& config, const Rules& rules, const Reader* reader, Time now);

}  // namespace papertray
