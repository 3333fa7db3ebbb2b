#include "core/by_person.h"

#include <fmt/format.h>

#include "core/content.h"

namespace papertray {

Decision decide_by_person(const Message& message, const Track& track, std::string_view actor) {
  Decision decision;
  decision.track = track.id;
  decision.reason = fmt::format("taken as {} by {}", track.id, actor);
  if (track.needs == Needs::pdf) {
    decision.paper = choose_paper(message);
    if (decision.paper < 0) {
      decision.reason += ", but no PDF came with it";
      return decision;
    }
    decision.answer = Answer::received;
  } else {
    if (!says_something(message)) {
      decision.reason += ", but it has no text of its own";
      return decision;
    }
    decision.answer = Answer::question;
  }
  decision.fate = Fate::recorded;
  return decision;
}

}  // namespace papertray
