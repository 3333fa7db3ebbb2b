#include "app/cmd_run.h"

#include <optional>

#include <fmt/format.h>

#include "app/contact.h"
#include "app/dry_run.h"
#include "app/logging.h"
#include "app/signals.h"
#include "app/sources.h"
#include "app/workspace.h"
#include "core/error.h"

namespace papertray {
namespace {

[[noreturn]] void wrong(const std::string& text) {
  throw Failure({Scope::program, Again::person, Exit::configuration, text});
}

std::string contact_word(const Error& error) {
  switch (error.exit) {
    case Exit::login_refused:
      return "login refused";
    case Exit::not_there:
      return "folder missing";
    case Exit::unreachable:
      return "unreachable";
    default:
      return "failed";
  }
}

// The mailbox's failures do not keep receipts of earlier mails from going out.
std::optional<Error> take_in(Workspace& workspace, MailboxSource& source, Taken& taken) {
  Contact contact = read_contact(workspace.config().state);
  std::optional<Error> failed;
  try {
    taken = workspace.intake().take_in(source, workspace.config().receipts, {}, stop_asked);
    contact = {.last = workspace.clock().now(), .state = "ok", .detail = ""};
  } catch (const Failure& failure) {
    if (failure.error().scope != Scope::account && failure.error().scope != Scope::folder) throw;
    failed = failure.error();
    contact.state = contact_word(*failed);
    contact.detail = failed->text;
  }
  write_contact(workspace.config().state, contact);
  return failed;
}

Sent send_due(Workspace& workspace) {
  if (!workspace.config().smtp || workspace.config().receipts == Receipts::off) return {};
  const std::unique_ptr<Transport> transport = open_transport(*workspace.config().smtp);
  return workspace.outbox().send_due(*transport, stop_asked);
}

}  // namespace

int cmd_run(const Globals& globals, const RunOptions& options) {
  if (!options.once && !options.dry_run)
    throw Failure({Scope::program, Again::person, Exit::usage,
                   "the daemon is not part of this version; use `papertray run --once` from cron or a "
                   "systemd timer"});
  const Config config = load_config(globals.config, globals.state);
  if (!config.mailbox) wrong(config.file + ": there is no [mailbox]; add it, or use papertray import");
  stop_on_signals();
  if (options.dry_run) return dry_run(config, globals);

  const std::unique_ptr<Watcher> watcher = log_watcher(globals.quiet);
  const StateLock lock = lock_state(config, "papertray run --once");
  Workspace workspace(config, globals, lock, *watcher);
  workspace.catch_up();
  const std::unique_ptr<MailboxSource> source = open_mailbox(*config.mailbox, workspace.clock());
  Taken taken;
  const std::optional<Error> failed = take_in(workspace, *source, taken);
  const Sent sent = send_due(workspace);
  if (!globals.quiet)
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

}  // namespace papertray
