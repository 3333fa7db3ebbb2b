// What the commands that write pages share: what the pages are made of. Internal to them.
#pragma once

#include <memory>
#include <vector>

#include "app/config.h"
#include "app/globals.h"
#include "core/rules.h"
#include "report/site.h"
#include "report/written.h"
#include "store/pages_reader.h"

namespace papertray {

// nullptr before the first mail.
std::unique_ptr<PagesReader> open_pages_if_there(const Config& config);

SiteView site_view(const Rules& rules, const std::vector<AcceptedPaper>& papers,
                   const std::vector<PanelQuestion>& questions);

// The last line, or the JSON.
void tell_written(const Globals& globals, const WrittenView& view);

}  // namespace papertray
