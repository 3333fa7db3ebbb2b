// A small workshop as pages.
#pragma once

#include "report/dashboard.h"
#include "report/replay.h"
#include "report/site.h"

namespace papertray::sample {

SiteView site();
DashboardView dashboard();
ReplayView replay();

}  // namespace papertray::sample
