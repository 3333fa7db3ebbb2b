// The intake between fakes, with the real log and the real database in a folder of the test's own.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "intake/intake.h"
#include "intake/outbox.h"
#include "log/tar_log.h"
#include "store/compare.h"
#include "store/sqlite_reader.h"
#include "store/sqlite_store.h"
#include "support/fakes.h"
#include "support/temp_dir.h"

namespace papertray::testing {

// What a file in the state directory keeps. `dying`: the program is as good as ended, its destructors
// count for nothing.
class AttemptInMemory : public AttemptNote, public ArrivalNote {
 public:
  std::atomic<bool> dying = false;  // both threads die
  int arrivals_noted = 0;
  int arrival_fails_at = 0;  // of the notes to come, this one (1: the next) cannot be written
  PlaceKey arriving() const override { return arriving_; }
  ArrivalSuspects arrival_suspects() const override { return suspects_; }
  void note_arriving(PlaceKey place) override {
    ++arrivals_noted;
    if (arrival_fails_at > 0 && --arrival_fails_at == 0)
      throw Failure({Scope::store, Again::person, Exit::cannot_write, "the disk is full"});
    if (!dying) arriving_ = place;
  }
  void note_arrival_suspects(const ArrivalSuspects& suspects) override {
    if (!dying) suspects_ = suspects;
  }
  std::optional<RecordAttempt> last() const override { return last_; }
  void note(const std::optional<RecordAttempt>& attempt) override {
    if (!dying) last_ = attempt;
  }

 private:
  std::optional<RecordAttempt> last_;
  PlaceKey arriving_ = 0;
  ArrivalSuspects suspects_{};
};

// The real log, which can be made to end the program at a mail's bytes.
class LogThatKills : public Log {
 public:
  explicit LogThatKills(Log& log) : log_(log) {}
  std::function<void(std::span<const char>)> at_bytes = [](std::span<const char>) {};

  void begin_mail(const MailFacts& facts) override { log_.begin_mail(facts); }
  void write(std::span<const char> bytes) override {
    at_bytes(bytes);
    log_.write(bytes);
  }
  LoggedMail end_mail() override { return log_.end_mail(); }
  void abandon_mail() override { log_.abandon_mail(); }
  std::string written_sha256() const override { return log_.written_sha256(); }
  LogPosition append(const Event& event) override { return log_.append(event); }
  void sync() override { log_.sync(); }
  LogPosition end() const override { return log_.end(); }
  void read_from(LogPosition from, const std::function<bool(const LogEntry&)>& entry) const override {
    log_.read_from(from, entry);
  }
  std::unique_ptr<MailBytes> open(const MailRef& mail) const override { return log_.open(mail); }

 private:
  Log& log_;
};

// What outlives a kill: the disk, the mailbox, the world outside.
struct World {
  test::TempDir dir;
  HandClock clock;
  FakeMailbox mailbox;
  FakeTransport transport;
  FakeShelf shelf;
  NotingWatcher watcher;
  AttemptInMemory attempts;
  std::string style;  // "" is without checks

  std::string database() const { return dir.path() + "/papertray.db"; }
};

// What a kill ends: the program. Making another one is the next start.
struct Program {
  explicit Program(World& w, const std::string& database = "")
      : world(w),
        store(SqliteStore::open(database.empty() ? w.database() : database)),
        known(SqliteStore::open(database.empty() ? w.database() : database)),
        log(TarLog::open(w.dir.path() + "/log", store->position(), TarLog::Mode::write)),
        deadly(*log),
        intake({.log = deadly,
                .store = *store,
                .known = *known,
                .inspector = inspector,
                .receipts = receipts,
                .shelf = w.shelf,
                .clock = w.clock,
                .watcher = w.watcher,
                .read_rules = rules_of,
                .attempts = database.empty() ? &w.attempts : nullptr,
                .arrivals = database.empty() ? &w.attempts : nullptr}),
        outbox(*log, *store, w.clock, w.watcher) {}

  // With checks the papers have a style, of that version.
  static Rules rules_of(const RulesLoaded& loaded) {
    Rules rules = fake_rules();
    rules.checks = loaded.checks;
    for (const auto& [version, text] : loaded.styles)
      rules.styles["papers"].version = version;
    return rules;
  }

  void start() {
    intake.recover();
    outbox.settle_interrupted();
    RulesLoaded rules{.path = "rules.toml", .from = "desk", .toml = "fake", .templates = {}};
    rules.checks = !world.style.empty();
    if (rules.checks) rules.styles = {{world.style, ""}};
    intake.use_rules(rules);
  }
  Taken take_in(const BatchLimits& limits = {}) {
    const Taken taken = intake.take_in(world.mailbox, Receipts::send, limits);
    intake.log_marks();
    return taken;
  }
  Sent send() { return outbox.send_due(world.transport); }
  void run(const BatchLimits& limits = {}) {
    start();
    take_in(limits);
    send();
  }

  World& world;
  FakeInspector inspector;
  FakeReceipts receipts;
  std::unique_ptr<SqliteStore> store;
  std::unique_ptr<SqliteStore> known;
  std::unique_ptr<TarLog> log;
  LogThatKills deadly;
  Intake intake;
  Outbox outbox;
};

inline const Time in_time{Seconds(1'509'750'000)};
inline const Time too_late{Seconds(1'509'760'000)};

inline std::string paper(const std::string& from, const std::string& content,
                         const std::string& title = "") {
  return "from:" + from + "\nid:" + from + content + "\nsubject:NIPS Workshop Papers" +
         (title.empty() ? "" : ": " + title) + "\npdf:" + content + "\n";
}

inline std::string question(const std::string& from, const std::string& text) {
  return "from:" + from + "\nid:" + from + text + "\nsubject:NIPS Workshop Questions\ntext:" + text +
         "\n";
}

// P-1, what may be deadly, and Q-1.
inline void add_three(World& world, const std::string& middle) {
  world.mailbox.add(paper("ada@x.example", "%PDF one"), in_time);
  world.mailbox.add(question("eva@x.example", middle), in_time);
  world.mailbox.add(question("ida@x.example", "why"), in_time);
}

}  // namespace papertray::testing
