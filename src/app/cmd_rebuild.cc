#include "app/cmd_rebuild.h"

#include <filesystem>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "app/logging.h"
#include "app/workspace.h"
#include "core/error.h"
#include "log/file.h"

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
  }
}

}  // namespace

int cmd_rebuild(const Globals& globals) {
  const Config config = load_config(globals.config, globals.state);
  const std::string path = database_path(config);
  const std::string fresh = path + ".new";
  const std::string old = path + ".old";
  const std::unique_ptr<Watcher> watcher = bar_watcher(globals.quiet, 0);

  const StateLock lock = lock_state(config, "papertray rebuild");
  remove_database(fresh);  // of a rebuild that was killed
  std::size_t entries = 0;
  {
    Workspace workspace(config, globals, lock, *watcher, fresh);
    entries = workspace.intake().recover();
  }
  // Between the two renames there is no database; the next start would make it from the log, as this
  // did.
  const bool had_one = fs::exists(path);
  if (had_one) move_database(path, old);
  move_database(fresh, path);
  sync_folder(config.state);
  if (!globals.quiet)
    fmt::print("rebuilt {} from {} log entries{}\n", path, entries,
               had_one ? "; the one before is " + old : std::string());
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
