#include "app/cmd_import.h"

#include <optional>

#include <fmt/format.h>

#include "app/logging.h"
#include "app/signals.h"
#include "app/sources.h"
#include "app/terminal.h"
#include "app/workspace.h"
#include "core/error.h"
#include "files/open_path.h"

namespace papertray {
namespace {

// Counts what passes, for the last line, and hands all of it on.
class Counting : public Watcher {
 public:
  explicit Counting(Watcher& next) : next_(next) {}
  void fetched(std::uint64_t bytes) override {
    ++mails;
    next_.fetched(bytes);
  }
  void taken(const TakenMessage& message) override { next_.taken(message); }
  void known_already(const std::string& sha256) override {
    ++known;
    next_.known_already(sha256);
  }
  void warning(const std::string& sentence) override {
    ++warnings;
    next_.warning(sentence);
  }

  std::size_t mails = 0;
  std::size_t known = 0;
  std::size_t warnings = 0;

 private:
  Watcher& next_;
};

}  // namespace

int cmd_import(const Globals& globals, const ImportOptions& options) {
  const Config config = load_config(globals.config, globals.state);
  if (options.receipts && config.receipts == Receipts::off)
    throw Failure({Scope::program, Again::person, Exit::usage,
                   "--receipts was asked for, but [receipts] mode is \"off\" in " + config.file});
  if (options.receipts && !config.smtp)
    throw Failure({Scope::program, Again::person, Exit::configuration,
                   "--receipts was asked for, but " + config.file + " has no [smtp]; add it"});
  stop_on_signals();

  const std::unique_ptr<Watcher> bar = bar_watcher(globals.quiet, 0);
  Counting watcher(*bar);
  const StateLock lock = lock_state(config, "papertray import");
  Workspace workspace(config, globals, lock, watcher);
  workspace.catch_up();
  watcher.warnings = 0;

  std::size_t messages = 0;
  std::optional<Error> failed;
  for (const std::string& path : options.paths) {
    if (stop_asked()) break;
    try {
      const std::unique_ptr<MailboxSource> source = open_path(path, workspace.clock());
      messages +=
          workspace.intake()
              .take_in(*source, options.receipts ? config.receipts : Receipts::off, {}, stop_asked)
              .messages;
    } catch (const Failure& failure) {
      // One path that fails does not hold up the others.
      if (failure.error().scope != Scope::account && failure.error().scope != Scope::folder) throw;
      if (failed) watcher.warning(failed->text);
      failed = failure.error();
    }
  }

  Sent sent;
  if (options.receipts && config.smtp) {
    const std::unique_ptr<Transport> transport = open_transport(*config.smtp);
    sent = workspace.outbox().send_due(*transport, stop_asked);
  }
  if (!globals.quiet)
    print(fmt::format(
        "{} mails read: {} new messages, {} known already{}{}{}\n", watcher.mails, messages,
        watcher.known,
        options.receipts ? fmt::format("; {} receipts sent, {} wait, {} failed", sent.accepted,
                                       sent.later + sent.unknown, sent.failed)
                         : std::string(),
        watcher.warnings > 0 ? fmt::format("; {} warnings", watcher.warnings) : std::string(),
        stop_asked() ? "; stopped, run it again for the rest" : ""));
  if (failed) throw Failure(*failed);
  return static_cast<int>(watcher.warnings > 0 ? Exit::not_there : Exit::done);
}

}  // namespace papertray
