#include "app/made_anew.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <system_error>

#include <fmt/format.h>

#include "app/log_up_to.h"
#include "app/progress_bar.h"
#include "app/receipt_maker.h"
#include "app/rules_file.h"
#include "app/signals.h"
#include "app/system_clock.h"
#include "app/workspace.h"
#include "core/error.h"
#include "intake/intake.h"
#include "store/sqlite_store.h"

namespace papertray {
namespace {

void stop_when_asked() {
  if (stop_asked()) throw Stopped();
}

// Takes the PDFs as the shelf does, so that one that cannot be read back has the same fate, and keeps
// none.
class NoShelf : public PaperShelf {
 public:
  void put(const std::string&, const Pieces& pdf, const std::string&) override {
    pdf([](std::span<const char>) {});
  }
};

}  // namespace

Rules rules_of_log(const RulesLoaded& loaded) {
  try {
    return read_rules(loaded);
  } catch (const Failure& failure) {
    throw Failure({Scope::store, Again::person, Exit::bad_data,
                   "the log's rules from " + loaded.path +
                       " are not understood by this papertray: " + failure.error().text});
  }
}

MadeAnew::MadeAnew(const Log& log, const Anew& anew, const Globals& globals, const std::string& purpose)
    : folder_(purpose) {
  const std::unique_ptr<SqliteStore> store = SqliteStore::open(database());
  const std::unique_ptr<SqliteStore> known = SqliteStore::open(database());
  WorkerInspector inspector(inspector_options(globals));
  ReceiptMaker receipts;
  NoShelf shelf;
  const SystemClock clock;
  const std::unique_ptr<Watcher> bar = progress_bar(globals.quiet, 0);
  LogUpTo up_to(log, anew.end, stop_when_asked, anew.keep);
  Intake intake({.log = up_to,
                 .store = *store,
                 .known = *known,
                 .inspector = inspector,
                 .receipts = receipts,
                 .shelf = shelf,
                 .clock = clock,
                 .watcher = *bar,
                 .read_rules = anew.rules});
  intake.recover();
}

PrivateFolder::PrivateFolder(const std::string& purpose) {
  // /tmp is often memory, and the database may be large.
  const char* told = std::getenv("TMPDIR");
  path_ = std::string(told && *told ? told : "/var/tmp") + "/papertray-" + purpose + "-XXXXXX";
  if (!::mkdtemp(path_.data()))
    throw Failure(
        {Scope::program, Again::person, Exit::cannot_write,
         fmt::format("cannot make a folder {} for the database to compare with: {}; set TMPDIR "
                     "to a folder with room",
                     path_, std::generic_category().message(errno))});
}

PrivateFolder::~PrivateFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace papertray
