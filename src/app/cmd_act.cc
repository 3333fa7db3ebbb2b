#include "app/cmd_act.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.h"
#include "core/printable.h"

namespace papertray {
namespace {

// As it would be typed, for histories and for who wants to undo it.
std::string command_of(const ActOptions& options) {
  std::string command =
      one_line(fmt::format("{} {}", act_name(options.kind), fmt::join(options.ids, " ")));
  if (options.kind == ActKind::merge) command += " --into " + one_line(options.into);
  if (options.kind == ActKind::panel) command += fmt::format(" {}", options.panel);
  return command;
}

Acting::Wanted want(const Acting& acting, const ActOptions& options, const std::string& id) {
  Act act{.kind = options.kind, .id = "", .into = "", .panel = options.panel, .note = acting.note()};
  if (options.kind == ActKind::dismiss) {
    const MessageStanding message = acting.message(id);
    act.id = message.id;
    return {act, judge_dismiss(message)};
  }
  const Standing standing = acting.required(id);
  act.id = standing.id;
  if (options.kind == ActKind::merge) {
    const Standing into = acting.required(options.into);
    act.into = into.id;
    return {act, judge_merge(standing, into)};
  }
  if (options.kind == ActKind::panel) return {act, judge_panel(standing, options.panel)};
  return {act, judge_act(options.kind, standing)};
}

}  // namespace

int cmd_act(const Globals& globals, const ActOptions& options) {
  Acting acting(globals, options.by, std::string(act_name(options.kind)));
  std::vector<Acting::Wanted> wanted;
  for (const std::string& id : options.ids)
    wanted.push_back(want(acting, options, id));
  acting.act(command_of(options), wanted);
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
