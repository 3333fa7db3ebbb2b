#include "app/cmd_run.h"

#include <optional>

#include <fmt/format.h>

#include "app/contact.h"
#include "app/dry_run.h"
#include "app/logging.h"
#include "app/paper_checking.h"
#include "app/progress_bar.h"
#include "app/readers.h"
#include "app/run_daemon.h"
#include "app/signals.h"
#include "app/sources.h"
#include "app/tally.h"
#include "app/terminal.h"
#include "app/workspace.h"
#include "core/error.h"

namespace papertray {
namespace {

// Once a day every mail of every folder is looked at, not only what is newer than the last one.
constexpr Seconds reconcile_every{86'400};

// The mailbox's failures do not keep receipts of earlier mails from going out.
std::optional<Error> take_in(Workspace& workspace, MailboxSource& source) {
  DaemonStatus status = read_contact(workspace.config().state).status;
  const Time now = workspace.clock().now();
  const bool reconcile = status.reconciled && now - *status.reconciled >= reconcile_every;
  if (reconcile) source.look_at_all();
  status.next_try.reset();  // whoever starts us knows
  std::optional<Error> failed;
  try {
    if (workspace.intake().take_in(source, workspace.config().receipts, {}, stop_asked).stopped)
      return std::nullopt;
    if ((reconcile || !status.reconciled) && !stop_asked()) status.reconciled = now;
    status.last_contact = workspace.clock().now();
    status.trouble = Trouble::none;
    status.detail.clear();
  } catch (const Failure& failure) {
    if (failure.error().scope != Scope::account && failure.error().scope != Scope::folder) throw;
    failed = failure.error();
    status.trouble = failed->trouble == Trouble::none ? Trouble::other : failed->trouble;
    status.detail = failed->text;
  }
  write_contact(workspace.config().state, status);
  return failed;
}

// nullopt: receipts are off.
std::optional<Sent> send_due(Workspace& workspace) {
  if (!workspace.config().smtp || workspace.config().receipts == Receipts::off) return std::nullopt;
  const std::unique_ptr<Transport> transport = open_transport(*workspace.config().smtp);
  return workspace.outbox().send_due(*transport, stop_asked);
}

[[noreturn]] void again_later(const std::string& text) {
  throw Failure({Scope::account, Again::later, Exit::try_later, text});
}

// Longer than any receipt waits by itself.
std::chrono::milliseconds longest_wait(const Config& config) {
  return config.check_budget + std::chrono::seconds(1);
}

struct Once {
  TakenView view;
  std::optional<Error> failed;
  std::optional<Sent> sent;
};

// The bar is gone when this returns.
Once look_once(const Config& config, const Globals& globals) {
  // A person at a terminal sees how far it is, and at the end what came; cron's mail and the journal
  // have a line for each.
  const bool watched = !globals.quiet && can_redraw_errors();
  const std::unique_ptr<Watcher> lines = watched ? progress_bar(false, 0) : log_watcher(globals.quiet);
  Tally tally(*lines);
  const StateLock lock = lock_state(config, "papertray run --once");
  const Turn turn = take_turn(config, "papertray run --once");
  Workspace workspace(config, globals, turn, tally);
  workspace.catch_up();
  const std::unique_ptr<MailboxSource> source = open_mailbox(*config.mailbox, workspace.clock());
  PaperChecking checking(globals, workspace, tally);
  Once once;
  once.failed = take_in(workspace, *source);
  checking.checks().wait_for_receipts(longest_wait(config), stop_asked);
  once.sent = send_due(workspace);
  workspace.intake().log_marks();
  checking.checks().finish(stop_asked);  // what came too late for its receipt
  once.view = tally.view("run", once.sent, stop_asked());
  return once;
}

int run_once(const Config& config, const Globals& globals) {
  const auto [view, failed, sent] = look_once(config, globals);
  if (globals.json)
    print(taken_json(view));
  else if (!globals.quiet)
    print(taken_text(view));
  if (failed) throw Failure(*failed);
  if (sent && sent->later + sent->unknown > 0)
    again_later(
        fmt::format("receipts that could not be sent now: {}{}; the mails are taken in, and the "
                    "next run tries again (papertray list outbox --problems)",
                    sent->later + sent->unknown, sent->paused.empty() ? "" : ", " + sent->paused));
  if (view.stopped)
    again_later("stopped before all was done; nothing is lost, run it again for the rest");
  return static_cast<int>(Exit::done);
}

}  // namespace

int cmd_run(const Globals& globals, const RunOptions& options) {
  if (globals.json && !options.once && !options.dry_run)
    throw Failure({Scope::program, Again::person, Exit::usage,
                   "--json is for run --once and run --dry-run; the daemon has no end to tell of, ask "
                   "papertray status --json"});
  const Config config = load_config(globals.config, globals.state);
  if (!config.mailbox)
    throw Failure({Scope::program, Again::person, Exit::configuration,
                   config.file + ": there is no [mailbox]; add it, or use papertray import"});
  check_rules(config);
  stop_on_signals();
  if (options.dry_run) return dry_run(config, globals);
  return options.once ? run_once(config, globals) : run_daemon(config, globals);
}

}  // namespace papertray
