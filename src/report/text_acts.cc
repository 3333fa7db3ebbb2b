#include <algorithm>

#include <fmt/format.h>

#include "report/acts.h"
#include "report/words.h"

namespace papertray {

// A line each, while they can be overlooked; of a long list the counts.
std::string acted_text(const ActedView& view, const Look& look) {
  constexpr std::size_t most_lines = 20;
  const auto done = static_cast<std::size_t>(std::ranges::count(view.rows, true, &ActedRow::done));
  std::string text;
  if (view.undone) text += block(fmt::format("Taken back: {}.", view.command), look, 0);
  for (const ActedRow& row : view.rows) {
    if (!row.done)
      text += block(row.reason + ".", look, 0, Tone::dim);
    else if (done <= most_lines && !view.undone)
      text += block(fmt::format("{} {}{}.", row.act.id, act_words(row.act),
                                row.act.note.empty() ? "" : ": " + row.act.note),
                    look, 0);
  }
  if (done > most_lines && !view.undone)
    text += block(fmt::format("{} done; nobody was written to.", done), look, 0);
  return text;
}

}  // namespace papertray
