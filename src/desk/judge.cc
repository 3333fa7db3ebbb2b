#include "desk/judge.h"

#include <utility>

#include <fmt/format.h>

namespace papertray {
namespace {

ActVerdict no(std::string why) {
  return {Step::refuse, std::move(why)};
}
ActVerdict already(std::string why) {
  return {Step::already, std::move(why)};
}

// A merged one is gone: what is decided is decided about the other.
ActVerdict merged(const Standing& standing) {
  if (standing.merged_into == standing.id)
    return no(fmt::format("{} was taken back when its route was undone; its mail is where it was before",
                          standing.id));
  return no(fmt::format("{} was merged into {}; name that one", standing.id, standing.merged_into));
}

// Accepting and rejecting.
ActVerdict judge_decision(SubmissionState wanted, const Standing& standing) {
  if (!standing.paper)
    return no(fmt::format("{} is a question; decisions are about papers", standing.id));
  if (standing.state == wanted)
    return already(fmt::format("{} is {} already", standing.id, state_name(wanted)));
  if (standing.state == SubmissionState::withdrawn)
    return no(fmt::format("{} is withdrawn; nothing is left to decide", standing.id));
  return {};
}

// Hiding is for what the public would read; a paper is seen only once it is accepted.
ActVerdict judge_shown(bool hide, const Standing& standing) {
  if (standing.paper)
    return no(fmt::format("{} is a paper; only questions are hidden and restored", standing.id));
  if (standing.hidden == hide)
    return already(fmt::format("{} is {} already", standing.id, hide ? "hidden" : "shown"));
  return {};
}

}  // namespace

ActVerdict judge_act(ActKind kind, const Standing& standing) {
  if (!standing.merged_into.empty()) return merged(standing);
  switch (kind) {
    case ActKind::accept:
      return judge_decision(SubmissionState::accepted, standing);
    case ActKind::reject:
      return judge_decision(SubmissionState::rejected, standing);
    case ActKind::withdraw:
      if (standing.state == SubmissionState::withdrawn)
        return already(fmt::format("{} is withdrawn already", standing.id));
      return {};
    case ActKind::excuse:
      if (standing.late == 0)
        return already(fmt::format("{} has no late version that is not excused", standing.id));
      return {};
    case ActKind::hide:
    case ActKind::restore:
      return judge_shown(kind == ActKind::hide, standing);
    case ActKind::merge:
    case ActKind::panel:
    case ActKind::dismiss:
    case ActKind::route:
    case ActKind::notify:
    case ActKind::title:
    case ActKind::authors:
      break;
  }
  return no("this is no act upon one submission");
}

ActVerdict judge_merge(const Standing& from, const Standing& into) {
  if (from.id == into.id) return no(fmt::format("{} cannot be merged into itself", from.id));
  if (from.merged_into == into.id)
    return already(fmt::format("{} is merged into {} already", from.id, into.id));
  if (!from.merged_into.empty()) return merged(from);
  if (!into.merged_into.empty()) return merged(into);
  if (from.track != into.track)
    return no(fmt::format("{} is of track {} and {} of track {}; only the same become one", from.id,
                          from.track, into.id, into.track));
  // A decision about it, or its author's word, would silently become another's.
  if (from.state != SubmissionState::submitted)
    return no(fmt::format("{} is {}, which merging would hide; merge {} into it instead", from.id,
                          state_name(from.state), into.id));
  return {};
}

ActVerdict judge_correction(const Standing& standing, const std::string& stands,
                            const std::string& wanted) {
  if (!standing.merged_into.empty()) return merged(standing);
  if (!standing.paper)
    return no(fmt::format("{} is a question; only papers have a title and authors", standing.id));
  if (stands == wanted)
    return already(wanted.empty() ? fmt::format("nobody has corrected that of {}", standing.id)
                                  : fmt::format("{} has just these words already", standing.id));
  return {};
}

ActVerdict judge_panel(const Standing& standing, int panel) {
  if (!standing.merged_into.empty()) return merged(standing);
  if (standing.panels == 0)
    return no(
        fmt::format("{} is of track {}, which has no panels in the rules", standing.id, standing.track));
  if (panel < 0 || panel > standing.panels)
    return no(
        fmt::format("there is no panel {}; track {} has {}", panel, standing.track, standing.panels));
  if (standing.panel == panel)
    return already(panel == 0 ? fmt::format("{} is on no panel", standing.id)
                              : fmt::format("{} is on panel {} already", standing.id, panel));
  return {};
}

ActVerdict judge_dismiss(const MessageStanding& message) {
  switch (message.fate) {
    case Fate::triage:
    case Fate::quarantined:
      return {};
    case Fate::recorded:
      if (message.open_notes > 0) return {};
      return no(
          fmt::format("{} is recorded{} and has no note that waits; to take a submission back there "
                      "is papertray withdraw",
                      message.id, message.submission.empty() ? "" : " as " + message.submission));
    case Fate::ignored:
      if (message.open_notes > 0) return {};
      return already(fmt::format("{} is ignored already", message.id));
    case Fate::vanished:
      break;
  }
  return no(fmt::format("{} has vanished", message.id));
}

ActVerdict judge_route(const MessageStanding& message) {
  switch (message.fate) {
    case Fate::triage:
    case Fate::ignored:
    case Fate::quarantined:
      return {};
    case Fate::recorded:
      return no(message.submission.empty()
                    ? fmt::format("{} is recorded already", message.id)
                    : fmt::format("{0} is {1} already; papertray merge {1} --into another joins two",
                                  message.id, message.submission));
    case Fate::vanished:
      break;
  }
  return no(fmt::format("{} has vanished", message.id));
}

ActVerdict judge_route_into(const Standing& into) {
  if (!into.merged_into.empty()) return merged(into);
  if (into.state == SubmissionState::withdrawn)
    return no(
        fmt::format("{} is withdrawn; take the mail as a new one of track {}", into.id, into.track));
  return {};
}

ActVerdict judge_undo(const LastDone& last, const std::string& actor) {
  if (last.command.empty()) return no(fmt::format("{} has done nothing that could be undone", actor));
  const std::string what = fmt::format("the last thing that {} did is `{}`", actor, last.command);
  if (!last.routed.empty())
    return no(fmt::format("{}: {}, and its author was told so; withdraw it or merge it instead", what,
                          last.routed));
  if (!last.later.empty())
    return no(fmt::format("{}, and {} came after it; that has to be undone first", what, last.later));
  if (!last.changed.empty()) return no(fmt::format("{}, but {} since", what, last.changed));
  return {};
}

}  // namespace papertray
