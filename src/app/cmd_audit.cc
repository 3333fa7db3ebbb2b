#include "app/cmd_audit.h"

#include <filesystem>
#include <memory>
#include <optional>

#include "app/audit_disk.h"
#include "app/audit_mailbox.h"
#include "app/readers.h"
#include "app/signals.h"
#include "app/sources.h"
#include "app/state_dir.h"
#include "app/system_clock.h"
#include "app/terminal.h"
#include "app/workspace.h"
#include "core/error.h"
#include "log/segments.h"

namespace papertray {
namespace {

// nullptr, and why, when it cannot be read.
std::unique_ptr<AuditReader> open_database(AuditView& view, const Config& config) {
  try {
    return AuditReader::open(database_path(config));
  } catch (const Failure& failure) {
    const bool lost = failure.error().exit == Exit::not_there &&
                      std::filesystem::exists(segment_path(log_path(config), 1));
    // Made by another version, or nothing taken in yet: that is no finding.
    if (failure.error().exit != Exit::bad_data && !lost) throw;
    view.database_problem =
        lost ? "there is no " + database_path(config) + ", though there is a log" : failure.error().text;
    return nullptr;
  }
}

// What the mailbox answers; its failure ends nothing but its own part.
void ask(AuditView& view, std::optional<Exit>& trouble, const auto& question) {
  try {
    question();
  } catch (const Stopped&) {
    throw;
  } catch (const Failure& failure) {
    if (failure.error().scope != Scope::account && failure.error().scope != Scope::folder) throw;
    view.mailbox_problem = failure.error().text;
    trouble = failure.error().exit;
  }
}

Exit exit_of(const AuditView& view, const std::optional<Exit>& trouble) {
  for (const CheckRow& row : audit_rows(view))
    if (row.verdict == Verdict::fail && !(trouble && row.check == "mailbox")) return Exit::not_there;
  return trouble.value_or(Exit::done);
}

}  // namespace

int cmd_audit(const Globals& globals, const AuditOptions& options) {
  const Config config = load_config(globals.config, globals.state);
  const Rules rules = present_rules(config);
  stop_on_signals();
  const SystemClock clock;
  const bool ask_mailbox = config.mailbox && !options.offline;

  AuditView view;
  view.holder = lock_holder(config.state);
  // The mailbox first, then the database, then the log: each may grow meanwhile, and what is in the one
  // before must be in the one after it.
  std::optional<Exit> trouble;
  std::vector<FolderUids> listed;
  if (ask_mailbox) ask(view, trouble, [&] { listed = list_mailbox(*config.mailbox, clock); });
  const std::unique_ptr<AuditReader> database = open_database(view, config);
  if (ask_mailbox && database && !trouble)
    ask(view, trouble, [&] { audit_mailbox(view, *config.mailbox, listed, clock, *database); });
  if (ask_mailbox) view.mailbox = open_mailbox(*config.mailbox, clock)->name();
  audit_disk(view, config, globals, database.get());

  print(globals.json ? audit_json(view) : audit_text(view, look_of(globals, rules.timezone)));
  return static_cast<int>(exit_of(view, trouble));
}

}  // namespace papertray
