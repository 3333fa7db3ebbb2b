#include "app/cmd_rebuild.h"

#include <filesystem>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "app/progress_bar.h"
#include "app/readers.h"
#include "app/signals.h"
#include "app/terminal.h"
#include "app/workspace.h"
#include "core/error.h"
#include "core/fail_point.h"
#include "log/file.h"
#include "report/outcome.h"

namespace papertray {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void cannot(const std::string& what, const std::error_code& error) {
  throw Failure({Scope::store, Again::person, Exit::cannot_write,
                 fmt::format("cannot {}: {}; mend its permissions, then run papertray rebuild again",
                             what, error.message())});
}

void remove_database(const std::string& path) {
  for (const char* part : {"", "-wal", "-shm"}) {
    std::error_code error;
    fs::remove(path + part, error);
    if (error) cannot("remove " + path + part, error);
    reached("rebuild:removed");
  }
}

// A database is three files while it is open, and one after a clean end. The old one may have ended
// otherwise, so all three move.
void move_database(const std::string& from, const std::string& to) {
  remove_database(to);
  for (const char* part : {"-wal", "-shm", ""}) {
    std::error_code error;
    if (!fs::exists(from + part, error)) continue;
    fs::rename(from + part, to + part, error);
    if (error) cannot("rename " + from + part, error);
    reached("rebuild:renamed");
  }
}

// Ends the work with Stopped once that is asked for; what is looked on at is a database of its own,
// which nobody has begun to use.
class UntilStopped : public Watcher {
 public:
  explicit UntilStopped(Watcher& next) : next_(next) {}

  void taken(const TakenMessage& message) override {
    ++mails_;
    next_.taken(message);
    if (stop_asked()) throw Stopped();
  }
  void warning(const std::string& sentence) override { next_.warning(sentence); }
  std::size_t mails() const { return mails_; }

 private:
  Watcher& next_;
  std::size_t mails_ = 0;
};

// For the bar alone: a database that cannot be read is one reason to make it anew.
std::size_t mails_before(const Config& config) {
  try {
    const std::unique_ptr<Reader> reader = open_reader_if_there(config);
    return reader ? static_cast<std::size_t>(reader->counts().total) : 0;
  } catch (const Failure&) {
    return 0;
  }
}

std::size_t build_anew(const Config& config, const Globals& globals, const Turn& turn,
                       const std::string& database) {
  const std::unique_ptr<Watcher> bar = progress_bar(globals.quiet, 0, mails_before(config));
  UntilStopped watcher(*bar);
  try {
    Workspace workspace(config, globals, turn, watcher, database);
    return workspace.intake().recover();
  } catch (const Stopped&) {
    remove_database(database);
    throw Failure(
        {Scope::store, Again::later, Exit::try_later,
         fmt::format("stopped after {} mails; the database is as it was before, papertray rebuild "
                     "begins anew",
                     watcher.mails())});
  }
}

}  // namespace

int cmd_rebuild(const Globals& globals) {
  const Config config = load_config(globals.config, globals.state);
  stop_on_signals();
  std::error_code error;
  if (!fs::exists(log_path(config), error))
    throw Failure(
        {Scope::store, Again::person, Exit::not_there,
         "there is no log in " + config.state +
             " to make a database from: nothing has been taken in yet; run papertray run --once"});
  const std::string path = database_path(config);
  const std::string fresh = path + ".new";
  const std::string old = path + ".old";

  const StateLock lock = lock_state(config, "papertray rebuild");
  const Turn turn = take_turn(config, "papertray rebuild");
  remove_database(fresh);  // of a rebuild that was killed
  RebuiltView view;
  view.database = path;
  view.entries = build_anew(config, globals, turn, fresh);
  reached("rebuild:built");
  // Between the two renames there is no database; the next start would make it from the log, as this
  // did.
  if (fs::exists(path, error)) {
    move_database(path, old);
    view.before = old;
  }
  move_database(fresh, path);
  reached("rebuild:sync");
  sync_folder(config.state);
  reached("rebuild:done");
  if (globals.json)
    print(rebuilt_json(view));
  else if (!globals.quiet)
    print(rebuilt_text(view));
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
