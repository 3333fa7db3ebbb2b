// A small workshop as pages.
#pragma once

#include "report/dashboard.h"
#include "report/site.h"

namespace papertray::sample {

SiteView site();
DashboardView dashboard();

}  // namespace papertray::sample
