#include "app/cmd_route.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/readers.h"
#include "app/signals.h"
#include "app/sources.h"
#include "core/by_person.h"
#include "core/error.h"
#include "core/nearest.h"
#include "core/printable.h"
#include "desk/judge.h"

namespace papertray {
namespace {

[[noreturn]] void refuse(const std::string& text, Exit exit = Exit::not_there) {
  throw Failure({Scope::program, Again::person, exit, text});
}

// The track, and the submission when it is to be a version of one.
struct Goal {
  const Track* track = nullptr;
  std::string into;
};

Goal goal_of(const Acting& acting, const std::string& to) {
  if (const Track* track = acting.rules().track(to)) return {track, ""};
  std::vector<std::string> names;
  for (const Track& track : acting.rules().tracks)
    names.push_back(track.id);
  const std::optional<Standing> into = acting.standing(to);
  if (!into)
    refuse(fmt::format("\"{}\" is neither a track ({}) nor a submission", one_line(to),
                       fmt::join(names, ", ")));
  const ActVerdict verdict = judge_route_into(*into);
  if (verdict.step != Step::act) refuse(verdict.text);
  const Track* track = acting.rules().track(into->track);
  if (!track) refuse(into->id + " is of track " + into->track + ", which the rules have no more");
  return {track, into->id};
}

// What it would become, as the intake reads it a moment later.
Decision look(Acting& acting, const Globals& globals, const ShownMessage& shown, const Track& track) {
  Decision decision;
  WorkerInspector inspector(inspector_options(globals));
  const MailRef ref{.segment = shown.log_segment, .offset = shown.log_offset, .size = shown.size};
  const std::shared_ptr<const MailBytes> mails[] = {acting.workspace().log().open(ref)};
  inspector.inspect(mails, [&](std::size_t, const Inspected& inspected) {
    if (inspected.quarantine.empty())
      decision = decide_by_person(inspected.message, track, acting.actor());
    else
      decision.reason = "it cannot be read: " + inspected.quarantine;
  });
  return decision;
}

}  // namespace

int cmd_route(const Globals& globals, const RouteOptions& options) {
  Acting acting(globals, options.by, "route");
  const MessageStanding standing = acting.message(options.id);
  const ActVerdict verdict = judge_route(standing);
  if (verdict.step != Step::act) refuse(verdict.text);
  const Goal goal = goal_of(acting, options.to);
  const ShownMessage shown = acting.reader().message(standing.id).value();
  const Decision decision = look(acting, globals, shown, *goal.track);
  if (decision.fate != Fate::recorded) refuse(standing.id + ": " + decision.reason);

  const std::string command = fmt::format("route {} {}", standing.id, one_line(options.to));
  acting.write(Routed{.sha256 = shown.row.sha256,
                      .track = goal.track->id,
                      .into = goal.into,
                      .receipts = options.quiet_author ? Receipts::off : acting.config().receipts,
                      .note = acting.note(),
                      .command = command});
  const std::string became = acting.reader().message(standing.id).value().row.submission;
  acting.tell({.command = command,
               .actor = acting.actor(),
               .undone = false,
               .rows = {{{.kind = ActKind::route,
                          .id = standing.id,
                          .into = became,
                          .panel = 0,
                          .note = acting.note()},
                         true,
                         ""}}});
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
