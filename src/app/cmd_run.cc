#include "app/cmd_run.h"

#include <optional>

#include <fmt/format.h>

#include "app/contact.h"
#include "app/dry_run.h"
#include "app/logging.h"
#include "app/run_daemon.h"
#include "app/signals.h"
#include "app/sources.h"
#include "app/workspace.h"
#include "core/error.h"

namespace papertray {
namespace {

// Once a day every mail of every folder is looked at, not only what is newer than the last one.
constexpr Seconds reconcile_every{86'400};

// The mailbox's failures do not keep receipts of earlier mails from going out.
std::optional<Error> take_in(Workspace& workspace, MailboxSource& source, Taken& taken) {
  DaemonStatus status = read_contact(workspace.config().state).status;
  const Time now = workspace.clock().now();
  const bool reconcile = status.reconciled && now - *status.reconciled >= reconcile_every;
  if (reconcile) source.look_at_all();
  status.next_try.reset();  // whoever starts us knows
  std::optional<Error> failed;
  try {
    taken = workspace.intake().take_in(source, workspace.config().receipts, {}, stop_asked);
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

Sent send_due(Workspace& workspace) {
  if (!workspace.config().smtp || workspace.config().receipts == Receipts::off) return {};
  const std::unique_ptr<Transport> transport = open_transport(*workspace.config().smtp);
  return workspace.outbox().send_due(*transport, stop_asked);
}

int run_once(const Config& config, const Globals& globals) {
  const std::unique_ptr<Watcher> watcher = log_watcher(globals.quiet);
  const StateLock lock = lock_state(config, "papertray run --once");
  Workspace workspace(config, globals, lock, *watcher);
  workspace.catch_up();
  const std::unique_ptr<MailboxSource> source = open_mailbox(*config.mailbox, workspace.clock());
  Taken taken;
  const std::optional<Error> failed = take_in(workspace, *source, taken);
  const Sent sent = send_due(workspace);
  const bool all_well = !failed && sent.later + sent.unknown == 0;
  if (all_well && !globals.quiet)
    fmt::print(stderr, "papertray: {} new messages; {} receipts sent, {} wait, {} failed\n",
               taken.messages, sent.accepted, sent.later + sent.unknown, sent.failed);
  if (failed) throw Failure(*failed);
  if (sent.later + sent.unknown > 0)
    throw Failure(
        {Scope::account, Again::later, Exit::try_later,
         fmt::format("{} receipts could not be sent now{}; the mails are taken in, and the next run "
                     "tries again (papertray list outbox --problems)",
                     sent.later + sent.unknown, sent.paused.empty() ? "" : ": " + sent.paused)});
  return static_cast<int>(Exit::done);
}

}  // namespace

int cmd_run(const Globals& globals, const RunOptions& options) {
  const Config config = load_config(globals.config, globals.state);
  if (!config.mailbox)
    throw Failure({Scope::program, Again::person, Exit::configuration,
                   config.file + ": there is no [mailbox]; add it, or use papertray import"});
  stop_on_signals();
  if (options.dry_run) return dry_run(config, globals);
  return options.once ? run_once(config, globals) : run_daemon(config, globals);
}

}  // namespace papertray
