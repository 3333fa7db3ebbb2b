#include "app/cmd_import.h"

#include <filesystem>
#include <optional>
#include <system_error>

#include "app/paper_checking.h"
#include "app/progress_bar.h"
#include "app/readers.h"
#include "app/signals.h"
#include "app/sources.h"
#include "app/tally.h"
#include "app/terminal.h"
#include "app/workspace.h"
#include "core/error.h"
#include "files/open_path.h"

namespace papertray {
namespace {

namespace fs = std::filesystem;

// For the progress bar alone: what cannot be listed is told by the import itself.
std::uint64_t bytes_below(const fs::path& path) {
  std::error_code error;
  if (fs::is_regular_file(path, error)) return fs::file_size(path, error);
  std::uint64_t bytes = 0;
  fs::recursive_directory_iterator at(path, fs::directory_options::skip_permission_denied, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error))
    if (std::error_code ignored; at->is_regular_file(ignored)) bytes += at->file_size(ignored);
  return bytes;
}

// 0 when nobody knows.
std::uint64_t bytes_to_read(const std::vector<std::string>& paths) {
  std::uint64_t bytes = 0;
  for (const fs::path path : paths) {
    if (path == "-") return 0;
    std::error_code error;
    const bool maildir = fs::is_directory(path / "cur", error) || fs::is_directory(path / "new", error);
    bytes += maildir ? bytes_below(path / "cur") + bytes_below(path / "new") : bytes_below(path);
  }
  return bytes;
}

void check_receipts(const Config& config) {
  if (config.receipts == Receipts::off)
    throw Failure({Scope::program, Again::person, Exit::usage,
                   "--receipts was asked for, but [receipts] mode is \"off\" in " + config.file +
                       "; set it to \"send\" or \"hold\", or leave --receipts out"});
}

// One path that fails does not hold up the others. The first failure's exit code.
Exit take_in(Workspace& workspace, const ImportOptions& options, Tally& tally) {
  const Receipts receipts = options.receipts ? workspace.config().receipts : Receipts::off;
  Exit exit = Exit::done;
  for (const std::string& path : options.paths) {
    if (stop_asked()) break;
    try {
      const std::unique_ptr<MailboxSource> source =
          open_path(path, workspace.clock(), stop_descriptor());
      workspace.intake().take_in(*source, receipts, {}, stop_asked);
    } catch (const Failure& failure) {
      if (failure.error().scope != Scope::account && failure.error().scope != Scope::folder) throw;
      tally.warning(failure.error().text);
      if (exit == Exit::done) exit = failure.error().exit;
    }
  }
  return exit;
}

struct Done {
  TakenView view;
  Exit exit = Exit::done;
};

// The bar is gone when this returns.
Done import_all(const Config& config, const Globals& globals, const ImportOptions& options) {
  const std::unique_ptr<Watcher> bar = progress_bar(globals.quiet, bytes_to_read(options.paths));
  Tally tally(*bar);
  const StateLock lock = lock_state(config, "papertray import");
  const Turn turn = take_turn(config, "papertray import");
  Workspace workspace(config, globals, turn, tally);
  workspace.catch_up();
  const std::int64_t of_earlier_runs = tally.warnings();
  Done done;
  PaperChecking checking(globals, workspace, tally);
  done.exit = take_in(workspace, options, tally);
  if (options.receipts)
    checking.checks().wait_for_receipts(config.check_budget + std::chrono::seconds(1), stop_asked);
  std::optional<Sent> sent;
  if (options.receipts) sent = workspace.outbox().send_due(*open_transport(*config.smtp), stop_asked);
  workspace.intake().log_marks();
  checking.checks().finish(stop_asked);
  done.view = tally.view("import", sent, stop_asked());
  if (done.exit == Exit::done && done.view.stopped) done.exit = Exit::try_later;
  if (done.exit == Exit::done && tally.warnings() > of_earlier_runs) done.exit = Exit::not_there;
  return done;
}

}  // namespace

int cmd_import(const Globals& globals, const ImportOptions& options) {
  const Config config = load_config(globals.config, globals.state);
  if (options.receipts) check_receipts(config);
  check_rules(config);
  stop_on_signals();
  const Done done = import_all(config, globals, options);
  if (globals.json)
    print(taken_json(done.view));
  else if (!globals.quiet)
    print(taken_text(done.view));
  return static_cast<int>(done.exit);
}

}  // namespace papertray
