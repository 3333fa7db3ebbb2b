#include "core/nearest.h"

#include <algorithm>

namespace papertray {

// Optimal string alignment, only the diagonal band that can stay within the limit: time is the
// length times the limit, space three rows.
int edit_distance(std::string_view a, std::string_view b, int limit) {
  if (limit < 0) return 0;
  if (a.size() > b.size()) std::swap(a, b);
  const int too_many = limit + 1;
  if (b.size() - a.size() > static_cast<std::size_t>(limit)) return too_many;

  const auto band = static_cast<std::size_t>(limit);
  std::vector<int> before(b.size() + 1, too_many), last(b.size() + 1, too_many),
      row(b.size() + 1, too_many);
  for (std::size_t j = 0; j <= std::min(b.size(), band); ++j)
    last[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    const std::size_t from = i > band ? i - band : 0;
    const std::size_t to = std::min(b.size(), i + band);
    if (from > 0) row[from - 1] = too_many;
    for (std::size_t j = from; j <= to; ++j) {
      if (j == 0) {
        row[0] = static_cast<int>(i);
        continue;
      }
      int best = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      best = std::min({best, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        best = std::min(best, before[j - 2] + 1);
      }
      row[j] = std::min(best, too_many);
    }
    if (to < b.size()) row[to + 1] = too_many;
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::string nearest_word(std::string_view word, const std::vector<std::string>& words) {
  constexpr int most_edits = 3;
  int limit = std::clamp(static_cast<int>(std::min<std::size_t>(word.size(), 100) / 3), 1, most_edits);
  std::string nearest;
  for (const std::string& candidate : words) {
    const int distance = edit_distance(word, candidate, limit);
    if (distance > limit) continue;
    nearest = candidate;
    limit = distance - 1;
    if (limit < 0) break;
  }
  return nearest;
}

}  // namespace papertray
