// The style sheets: ours, small, without anything from elsewhere. Light and dark as the reader's system
// is, and a print style. Colours have a contrast of 4.5 to 1 at least in both.
#pragma once

#include <string_view>

namespace papertray {

std::string_view site_style();
std::string_view dashboard_style();

}  // namespace papertray
