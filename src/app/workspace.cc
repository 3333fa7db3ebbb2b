#include "app/workspace.h"

#include <fmt/format.h>

#include "app/rules_file.h"

namespace papertray {
namespace {

// A batch of mail takes seconds; a daemon that reads a mailbox for the first time takes minutes.
constexpr Seconds patience{60};

}  // namespace

std::string database_path(const Config& config) {
  return config.state + "/papertray.db";
}
std::string log_path(const Config& config) {
  return config.state + "/log";
}
std::string papers_path(const Config& config) {
  return config.state + "/papers";
}

StateLock lock_state(const Config& config, const std::string& purpose) {
  make_state_dir(config.state);
  return StateLock(config.state, purpose);
}

Turn take_turn(const Config& config, const std::string& purpose) {
  return Turn(config.state, purpose, patience);
}

WorkerOptions inspector_options(const Globals& globals) {
  WorkerOptions options;
  options.program = inspector_beside_this_program();
  options.unsafe_no_sandbox = globals.unsafe_no_sandbox;
  return options;
}

Workspace::Workspace(const Config& config, const Globals& globals, const Turn&, Watcher& watcher,
                     const std::string& database)
    : config_(config),
      watcher_(watcher),
      store_(SqliteStore::open(database.empty() ? database_path(config) : database)),
      known_(SqliteStore::open(database.empty() ? database_path(config) : database)),
      log_(TarLog::open(log_path(config), store_->position(), TarLog::Mode::write)),
      inspector_(inspector_options(globals)),
      shelf_(papers_path(config)),
      // A database made anew is of a log whose bad entries are known; its own end is not the daemon's.
      attempts_(database.empty() ? std::optional<AttemptFile>(std::in_place, config.state + "/attempt")
                                 : std::nullopt),
      intake_({.log = *log_,
               .store = *store_,
               .known = *known_,
               .inspector = inspector_,
               .receipts = receipts_,
               .shelf = shelf_,
               .clock = clock_,
               .watcher = watcher,
               .read_rules = read_rules,
               .attempts = attempts_ ? &*attempts_ : nullptr,
               .arrivals = attempts_ ? &*attempts_ : nullptr}),
      outbox_(*log_, *store_, clock_, watcher, config.limits) {
  if (log_->cut().bytes > 0)
    watcher_.warning(
        fmt::format("the log ended in {} bytes that an interrupted run left; they were cut off "
                    "(nothing counted yet)",
                    log_->cut().bytes));
}

void Workspace::settle() {
  intake_.recover();
  outbox_.settle_interrupted();
}

void Workspace::catch_up() {
  settle();
  use_rules();
}

void Workspace::take_over() {
  if (log_->catch_up(store_->position())) settle();
}

void Workspace::use_rules() {
  intake_.use_rules(load_rules(config_));
}

}  // namespace papertray
