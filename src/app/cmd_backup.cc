#include "app/cmd_backup.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "app/config.h"
#include "app/rules_file.h"
#include "app/system_clock.h"
#include "app/terminal.h"
#include "app/workspace.h"
#include "core/error.h"
#include "core/fail_point.h"
#include "log/file.h"
#include "log/plain_tar.h"
#include "log/segments.h"
#include "report/outcome.h"
#include "store/copy_database.h"

namespace papertray {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t config_cap = 1024 * 1024;

// A file beside the archive that is gone in the end, whatever happens.
class Beside {
 public:
  explicit Beside(std::string path) : path_(std::move(path)) {
    remove();
  }  // of a backup that was killed
  ~Beside() { remove(); }
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;
  const std::string& path() const { return path_; }

 private:
  void remove() const {
    for (const char* part : {"", "-journal", "-wal", "-shm"}) {
      std::error_code ignored;  // what matters about it shows when it is made
      fs::remove(path_ + part, ignored);
    }
  }
  std::string path_;
};

std::string folder_of(const std::string& path) {
  const fs::path parent = fs::path(path).parent_path();
  return parent.empty() ? "." : parent.string();
}

// The log up to where the copied database stands. It only grows, and what a writer takes back lies
// behind that.
void add_log(PlainTar& tar, const Config& config, LogPosition position, Time now) {
  const std::string dir = log_path(config);
  require_position(dir, position);
  for (std::uint32_t segment = 1; segment <= position.segment; ++segment) {
    const std::string path = segment_path(dir, segment);
    const std::uint64_t size =
        segment == position.segment ? position.offset : File::to_read(path).size();
    tar.add_file("log/" + segment_name(segment), path, size, now);
  }
}

// For people: what is in force is in the log, too.
void add_configuration(PlainTar& tar, const Config& config, Time now) {
  tar.add("config/papertray.toml", read_text_file(config.file, config_cap), now);
  const RulesLoaded rules = load_rules(config);
  tar.add("config/rules.toml", rules.toml, now);
  for (const auto& [name, text] : rules.templates)
    tar.add("config/receipts/" + name + ".txt", text, now);
}

}  // namespace

int cmd_backup(const Globals& globals, const std::string& file) {
  const Config config = load_config(globals.config, globals.state);
  const Time now = SystemClock().now();
  const Beside copy(file + ".db");
  const Beside fresh(file + ".new");
  const LogPosition position = copy_database(database_path(config), copy.path());
  reached("backup:database");
  PlainTar tar(fresh.path());
  tar.add_file("papertray.db", copy.path(), File::to_read(copy.path()).size(), now);
  add_log(tar, config, position, now);
  add_configuration(tar, config, now);
  reached("backup:written");
  tar.finish();
  reached("backup:rename");
  if (std::rename(fresh.path().c_str(), file.c_str()) != 0)
    throw Failure({Scope::program, Again::person, Exit::cannot_write,
                   fmt::format("cannot write {}: {}; name another file", file,
                               std::generic_category().message(errno))});
  reached("backup:renamed");
  sync_folder(folder_of(file));
  const BackupView view{.file = file, .bytes = tar.bytes(), .segments = position.segment};
  if (globals.json)
    print(backup_json(view));
  else if (!globals.quiet)
    print(backup_text(view));
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
