// Where papertray has died lately, and how often. Internal to the intake.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace papertray {

// One death more at `where`; `at` says which member of a suspect holds that. The oldest makes room.
template <class Suspect, std::size_t size, class Where>
void add_death(std::array<Suspect, size>& suspects, Where Suspect::*at, const Where& where) {
  for (Suspect& suspect : suspects)
    if (suspect.deaths > 0 && suspect.*at == where) {
      ++suspect.deaths;
      return;
    }
  std::rotate(suspects.begin(), suspects.end() - 1, suspects.end());
  suspects.front() = {};
  suspects.front().*at = where;
  suspects.front().deaths = 1;
}

}  // namespace papertray
