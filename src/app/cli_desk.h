// The organizers' commands, as words on the command line. Internal to the command line.
#pragma once

#include <functional>

#include "app/cmd_act.h"
#include "app/cmd_decide.h"
#include "app/cmd_notify.h"
#include "app/cmd_replay.h"
#include "app/cmd_route.h"
#include "app/cmd_title.h"

namespace CLI {
class App;
}

namespace papertray {

struct DeskOptions {
  ActOptions act;
  DecideOptions decide;
  RouteOptions route;
  NotifyOptions notify;
  ActBy triage;
  ActBy undo;
  TitleOptions title;
  ReplayOptions replay;
};

// What is chosen is put into `chosen`; all of the references outlive it.
void add_desk_commands(CLI::App& app, const Globals& globals, DeskOptions& options,
                       std::function<int()>& chosen);

}  // namespace papertray
