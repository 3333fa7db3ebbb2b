#include "app/cmd_undo.h"

#include "core/error.h"

namespace papertray {

int cmd_undo(const Globals& globals, const ActBy& by) {
  Acting acting(globals, by, "undo");
  const LastOrder last = acting.reader().last_order(acting.actor()).value_or(LastOrder{});
  const ActVerdict verdict = judge_undo(
      {.command = last.command, .routed = last.routed, .later = last.later, .changed = last.changed},
      acting.actor());
  if (verdict.step != Step::act)
    throw Failure({Scope::program, Again::person, Exit::not_there, verdict.text});
  acting.write(Undone{.order = last.order});
  ActedView view{.command = last.command, .actor = acting.actor(), .undone = true, .rows = {}};
  for (const Act& act : last.acts)
    view.rows.push_back({act, true, ""});
  acting.tell(view);
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
