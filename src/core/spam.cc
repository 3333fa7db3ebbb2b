#include "core/spam.h"

#include <utility>

#include <fmt/format.h>

#include "core/printable.h"

namespace papertray {

Decision in_spam_folder(Decision decision, std::string_view folder) {
  const std::string where = fmt::format("found in the spam folder `{}`", one_line(folder));
  decision.trace.push_back(where + ": never recorded or answered before a person has looked");
  if (decision.fate == Fate::recorded)
    decision.fate = Fate::triage;
  else if (decision.fate == Fate::triage && !decision.names_track)
    decision.fate = Fate::ignored;
  decision.answer = Answer::none;
  decision.problem = Problem::none;
  decision.paper = -1;
  decision.reason = where + ": " + decision.reason;
  decision.trace.push_back(fmt::format("{}: {}", fate_name(decision.fate), decision.reason));
  return decision;
}

std::string moved_from_spam(std::string_view folder) {
  return fmt::format("was in the spam folder `{}` at first, until somebody moved it", one_line(folder));
}

}  // namespace papertray
