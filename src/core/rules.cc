#include "core/rules.h"

#include <algorithm>

namespace papertray {

const Track* Rules::track(const std::string& id) const {
  const auto found =
      std::find_if(tracks.begin(), tracks.end(), [&](const Track& t) { return t.id == id; });
  return found == tracks.end() ? nullptr : &*found;
}

}  // namespace papertray
