// Everything a command that writes needs, opened in the right order: database, log, inspector, intake.
// It asks for the turn to write, so there is one of it at work at a time in the whole machine.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/attempt_file.h"
#include "app/config.h"
#include "app/globals.h"
#include "app/receipt_maker.h"
#include "app/state_dir.h"
#include "app/system_clock.h"
#include "files/papers_folder.h"
#include "inspect/worker_inspector.h"
#include "intake/intake.h"
#include "intake/outbox.h"
#include "intake/watcher.h"
#include "log/tar_log.h"
#include "store/sqlite_store.h"

namespace papertray {

std::string database_path(const Config& config);
std::string log_path(const Config& config);
std::string papers_path(const Config& config);

// Makes the state directory where there is none, and locks it. Throws Failure (try_later) naming the
// holder.
StateLock lock_state(const Config& config, const std::string& purpose);

// The turn to write, waited for as long as a person has patience. After lock_state, if both.
Turn take_turn(const Config& config, const std::string& purpose);

// The inspector as a command uses it.
WorkerOptions inspector_options(const Globals& globals);

class Workspace {
 public:
  // The turn outlives the workspace. `database` is another file than the state directory's own for
  // `rebuild`. Throws Failure.
  Workspace(const Config& config, const Globals& globals, const Turn& turn, Watcher& watcher,
            const std::string& database = "");

  // Applies the rest of the log, settles interrupted sendings, then puts today's rules in force.
  // Every command that takes in mail begins with it.
  void catch_up();
  // The same without rules, for commands that take in none.
  void settle();
  // After the turn was somebody else's: what they wrote.
  void take_over();
  // The rules file as it is now.
  void use_rules();

  Intake& intake() { return intake_; }
  Outbox& outbox() { return outbox_; }
  TarLog& log() { return *log_; }
  SqliteStore& store() { return *store_; }
  // Between two batches.
  Inspector& inspector() { return inspector_; }
  const Clock& clock() const { return clock_; }
  const Config& config() const { return config_; }

 private:
  const Config& config_;
  Watcher& watcher_;
  SystemClock clock_;
  std::unique_ptr<SqliteStore> store_;
  std::unique_ptr<SqliteStore> known_;  // for asking while store_ is within a transaction
  std::unique_ptr<TarLog> log_;
  WorkerInspector inspector_;
  ReceiptMaker receipts_;
  PapersFolder shelf_;
  std::optional<AttemptFile> attempts_;
  Intake intake_;
  Outbox outbox_;
};

}  // namespace papertray
