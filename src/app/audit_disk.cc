#include "app/audit_disk.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <set>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "app/log_up_to.h"
#include "app/progress_bar.h"
#include "app/receipt_maker.h"
#include "app/rules_file.h"
#include "app/signals.h"
#include "app/system_clock.h"
#include "app/workspace.h"
#include "core/error.h"
#include "inspect/worker_inspector.h"
#include "intake/intake.h"
#include "log/file.h"
#include "log/segments.h"
#include "log/tar_log.h"
#include "store/sqlite_store.h"

namespace papertray {
namespace {

namespace fs = std::filesystem;

void stop_when_asked() {
  if (stop_asked()) throw Stopped();
}

// Whatever the desk's own files make fail is a finding. Being asked to stop is none.
void attempt(std::string& problem, const std::function<void()>& look) {
  try {
    look();
  } catch (const Stopped&) {
    throw;
  } catch (const Failure& failure) {
    if (failure.error().scope == Scope::program) throw;
    problem = failure.error().text;
  }
}

// What the log holds, and how much of it the database has reached.
AuditLog read_log(const TarLog& log, const std::string& dir, LogPosition reached,
                  std::int64_t& different_mails) {
  AuditLog view;
  for (const LogDamage& spot : log.verify())
    view.damaged.push_back(spot.what);
  const std::uint32_t last = last_segment(dir);
  view.segments = last;
  for (std::uint32_t segment = 1; segment <= last; ++segment)
    view.bytes += File::to_read(segment_path(dir, segment)).size();
  if (!view.damaged.empty()) return view;
  std::set<std::string> sha256;
  log.read_from({}, [&](const LogEntry& entry) {
    stop_when_asked();
    const auto* mail = std::get_if<LoggedMail>(&entry.what);
    ++(mail ? view.mails : view.events);
    if (entry.end > reached)
      ++view.not_applied;
    else if (mail)
      sha256.insert(mail->sha256);
    return true;
  });
  different_mails = static_cast<std::int64_t>(sha256.size());
  return view;
}

// A folder of our own for the database that is compared: it holds what the desk's holds, so nobody else
// may look into it. Gone with the object.
class PrivateFolder {
 public:
  PrivateFolder() {
    // /tmp is often memory, and the database may be large.
    const char* told = std::getenv("TMPDIR");
    path_ = std::string(told && *told ? told : "/var/tmp") + "/papertray-audit-XXXXXX";
    if (!::mkdtemp(path_.data()))
      throw Failure(
          {Scope::program, Again::person, Exit::cannot_write,
           fmt::format("cannot make a folder {} for the database to compare with: {}; set TMPDIR "
                       "to a folder with room",
                       path_, std::generic_category().message(errno))});
  }
  ~PrivateFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Takes the PDFs as the shelf does, so that one that cannot be read back has the same fate, and keeps
// none.
class NoShelf : public PaperShelf {
 public:
  void put(const std::string&, const Pieces& pdf, const std::string&) override {
    pdf([](std::span<const char>) {});
  }
};

// Rules that were understood when they were loaded.
Rules rules_of_log(const RulesLoaded& loaded) {
  try {
    return read_rules(loaded);
  } catch (const Failure& failure) {
    throw Failure({Scope::store, Again::person, Exit::bad_data,
                   "the log's rules from " + loaded.path +
                       " are not understood by this papertray: " + failure.error().text});
  }
}

std::string compare(const TarLog& log, const AuditReader& database, const Globals& globals) {
  const PrivateFolder folder;
  const std::string path = folder.path() + "/papertray.db";
  {
    const std::unique_ptr<SqliteStore> store = SqliteStore::open(path);
    const std::unique_ptr<SqliteStore> known = SqliteStore::open(path);
    WorkerInspector inspector(inspector_options(globals));
    ReceiptMaker receipts;
    NoShelf shelf;
    const SystemClock clock;
    const std::unique_ptr<Watcher> bar = progress_bar(globals.quiet, 0);
    LogUpTo up_to(log, database.position(), stop_when_asked);
    Intake intake({.log = up_to,
                   .store = *store,
                   .known = *known,
                   .inspector = inspector,
                   .receipts = receipts,
                   .shelf = shelf,
                   .clock = clock,
                   .watcher = *bar,
                   .read_rules = rules_of_log});
    intake.recover();
  }
  return database.difference_from(path);
}

void look_at_log(AuditView& view, const Config& config, const Globals& globals,
                 const AuditReader* database) {
  const std::string dir = log_path(config);
  std::unique_ptr<TarLog> log;
  attempt(view.log_problem, [&] {
    const LogPosition reached = database ? database->position() : LogPosition{};
    log = TarLog::open(dir, reached, TarLog::Mode::read);
    std::int64_t different_mails = 0;
    view.log = read_log(*log, dir, reached, different_mails);
    if (view.fates && view.log->damaged.empty()) view.fates->logged = different_mails;
  });
  if (!database) return;
  if (!view.log || !view.log->damaged.empty()) {
    view.difference_problem = "not compared: the log must be mended first";
    return;
  }
  attempt(view.difference_problem, [&] { view.difference = compare(*log, *database, globals); });
}

}  // namespace

void audit_disk(AuditView& view, const Config& config, const Globals& globals,
                const AuditReader* database) {
  if (database)
    attempt(view.database_problem, [&] {
      view.database_problem = database->fault();
      const FateCounts counts = database->fates();
      view.fates = {.messages = counts.messages,
                    .lost_places = counts.lost_places,
                    .recorded = counts.recorded,
                    .triage = counts.triage,
                    .ignored = counts.ignored,
                    .quarantined = counts.quarantined,
                    .vanished = counts.vanished,
                    .places_of_nothing = counts.places_of_nothing,
                    .logged = std::nullopt};
      view.being_sent = database->being_sent();
    });
  look_at_log(view, config, globals, database);
  if (database)
    attempt(view.database_problem, [&] { audit_papers(view, papers_path(config), *database); });
}

}  // namespace papertray
