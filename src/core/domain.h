// Domains compared. Internal to core.
#pragma once

#include <string_view>
#include <utility>

#include "core/ascii.h"

namespace papertray {

// One domain, or one below the other; a domain of one label is nobody's organisation.
inline bool same_organisation(std::string_view a, std::string_view b) {
  if (ascii::same(a, b)) return !a.empty();
  if (a.size() < b.size()) std::swap(a, b);
  return b.find('.') != std::string_view::npos && a.size() > b.size() && ascii::ends_with(a, b) &&
         a[a.size() - b.size() - 1] == '.';
}

}  // namespace papertray
