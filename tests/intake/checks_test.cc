// Papers looked into beside the mail: which receipts wait and for how long, and that nothing is lost or
// doubled.
#include <atomic>
#include <condition_variable>
#include <mutex>

#include <doctest/doctest.h>

#include "intake/bench.h"
#include "intake/paper_checks.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

constexpr std::chrono::minutes long_enough{5};
const auto never = [] { return false; };

// Three pages in every PDF, as soon as it may look.
class FakeLooker : public PaperInspector {
 public:
  std::atomic<int> looks = 0;

  void hold() {
    const std::lock_guard lock(mutex_);
    held_ = true;
  }
  void let_go() {
    {
      const std::lock_guard lock(mutex_);
      held_ = false;
    }
    changed_.notify_all();
  }
  PdfFacts look_at(int) override {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !held_; });
    ++looks;
    PdfFacts facts;
    facts.open = PdfOpen{.kind = PdfKind::pdf, .size = 1000};
    facts.structure = PdfStructure{};
    facts.structure->page_count = 3;
    facts.text = PdfText{};
    facts.text->page_count = 3;
    facts.title = PdfTitle{};
    facts.title->title = "Deep Nets";
    return facts;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool held_ = false;
};

class FakeStock : public PaperStock {
 public:
  std::atomic<bool> torn = false;    // papers/ holds other bytes
  std::atomic<bool> broken = false;  // and the log does not give them back
  int restored = 0;

  std::unique_ptr<OpenPaper> open(const PaperOnRecord&) override {
    if (torn) return nullptr;
    return std::make_unique<Opened>();
  }
  void restore(const PaperOnRecord&) override {
    if (broken) throw Failure({Scope::message, Again::never, Exit::bad_data, "no such PDF"});
    ++restored;
    torn = false;
  }

 private:
  struct Opened : OpenPaper {
    int descriptor() const override { return 0; }
  };
};

struct CheckedWorld : World {
  CheckedWorld() { style = "v1"; }
  FakeLooker looker;
  FakeStock stock;
  CheckSettings settings;
};

struct CheckedProgram : Program {
  explicit CheckedProgram(CheckedWorld& w)
      : Program(w),
        pool(w.looker, w.stock, 2),
        checks(w.settings, {.intake = intake,
                            .store = *store,
                            .stock = w.stock,
                            .pool = pool,
                            .clock = w.clock,
                            .watcher = w.watcher}) {}
  void wait() { checks.wait_for_receipts(long_enough, never); }

  CheckPool pool;
  PaperChecks checks;
};

std::vector<PaperRow> papers(const World& world) {
  return SqliteReader::open(world.database())->papers({});
}

std::string last_sent(const World& world) {
  return world.transport.sent.empty() ? "" : world.transport.sent.back().bytes;
}

// The database made anew from the log is the same.
void check_rebuilt(World& world) {
  const std::string other = world.dir.path() + "/other.db";
  {
    Program program(world, other);
    program.start();
  }
  CHECK(first_difference(world.database(), other).empty());
}

}  // namespace

TEST_CASE("a receipt waits for the look at its paper, and tells of it") {
  CheckedWorld world;
  world.mailbox.add(paper("ada@x.example", "one"), in_time);
  {
    CheckedProgram program(world);
    program.start();
    program.take_in();
    CHECK(program.send().accepted == 0);
    CHECK_FALSE(program.store->next_due().has_value());
    CHECK(SqliteReader::open(world.database())->outbox({}).at(0).reason ==
          "waits for the check of its paper");
    program.wait();
    CHECK(program.send().accepted == 1);
    CHECK(last_sent(world) == "received P-1 v1 to ada@x.example, checked 3");
  }
  CHECK(papers(world).at(0).pages == 3);
  CHECK(papers(world).at(0).title == "Deep Nets");
  CHECK(SqliteReader::open(world.database())->outbox({}).at(0).state == OutboxState::sent);
  check_rebuilt(world);
}

TEST_CASE("a look that takes too long holds up nobody, and is kept when it comes") {
  CheckedWorld world;
  world.looker.hold();
  world.mailbox.add(paper("ada@x.example", "one"), in_time);
  {
    CheckedProgram program(world);
    program.start();
    program.take_in();
    program.checks.begin();
    program.checks.settle();
    CHECK(program.checks.awaited());
    CHECK(program.send().accepted == 0);
    world.clock.at += Seconds(10);
    program.checks.settle();
    CHECK_FALSE(program.checks.awaited());
    CHECK(program.checks.busy());
    CHECK(program.send().accepted == 1);
    CHECK(last_sent(world) == "received P-1 v1 to ada@x.example, check to come");
    CHECK_FALSE(papers(world).at(0).pages.has_value());

    // The next mail is taken in meanwhile.
    world.mailbox.add(question("bob@x.example", "why?"), in_time);
    program.take_in();
    CHECK(program.send().accepted == 1);

    world.looker.let_go();
    program.checks.finish(never);
    CHECK(papers(world).at(0).pages == 3);
    CHECK(program.send().accepted == 0);
  }
  CHECK(world.transport.sent.size() == 2);
  check_rebuilt(world);
}

TEST_CASE("without any time the receipt goes at once") {
  CheckedWorld world;
  world.settings.budget = Seconds(0);
  world.mailbox.add(paper("ada@x.example", "one"), in_time);
  CheckedProgram program(world);
  program.start();
  program.take_in();
  program.wait();
  program.send();
  CHECK(last_sent(world) == "received P-1 v1 to ada@x.example, check to come");
  program.checks.finish(never);
  CHECK(papers(world).at(0).pages == 3);
  CHECK(program.send().accepted == 0);
}

TEST_CASE("with checks off nothing waits, and what waited is let go") {
  CheckedWorld world;
  world.looker.hold();
  world.mailbox.add(paper("ada@x.example", "one"), in_time);
  {
    CheckedProgram program(world);
    program.start();
    program.take_in();
    world.looker.let_go();
  }
  world.settings.on = false;
  world.style = "";
  world.mailbox.add(paper("bob@x.example", "two"), in_time);
  CheckedProgram program(world);
  program.start();
  program.take_in();
  program.wait();
  CHECK(program.send().accepted == 2);
  CHECK(world.transport.sent.at(0).bytes == "received P-1 v1 to ada@x.example, check to come");
  CHECK(world.transport.sent.at(1).bytes == "received P-2 v1 to bob@x.example");
  program.checks.finish(never);
  CHECK(world.looker.looks == 0);
}

TEST_CASE("a kill before the look, or before its outcome is written down: the next start goes on") {
  CheckedWorld world;
  world.mailbox.add(paper("ada@x.example", "one"), in_time);
  {
    CheckedProgram program(world);
    program.start();
    program.take_in();
  }
  {
    CheckedProgram program(world);
    program.start();
    program.checks.begin();
    program.pool.wait(long_enough);
    CHECK(world.looker.looks == 1);
  }
  {
    CheckedProgram program(world);
    program.start();
    CHECK(program.send().accepted == 0);
    program.wait();
    CHECK(program.send().accepted == 1);
    CHECK(last_sent(world) == "received P-1 v1 to ada@x.example, checked 3");
  }
  {
    CheckedProgram program(world);
    program.start();
    program.checks.finish(never);
    CHECK(program.send().accepted == 0);
  }
  CHECK(world.looker.looks == 2);
  check_rebuilt(world);
}

TEST_CASE("the same file is looked into once, and its next receipt need not wait") {
  CheckedWorld world;
  world.mailbox.add(paper("ada@x.example", "one"), in_time);
  CheckedProgram program(world);
  program.start();
  program.take_in();
  program.wait();
  program.send();
  world.mailbox.add(paper("bob@x.example", "one", "Another Title"), in_time);
  program.take_in();
  CHECK(program.send().accepted == 1);
  CHECK(last_sent(world) == "received P-2 v1 to bob@x.example, checked 3");
  program.checks.finish(never);
  CHECK(world.looker.looks == 1);
  CHECK(papers(world).at(1).pages == 3);

  // By another style it is a question of its own.
  world.style = "v2";
  program.start();
  world.mailbox.add(paper("carol@x.example", "one", "A Third Title"), in_time);
  program.take_in();
  CHECK(program.send().accepted == 0);
  program.wait();
  CHECK(program.send().accepted == 1);
  CHECK(last_sent(world) == "received P-3 v1 to carol@x.example, checked 3");
  CHECK(world.looker.looks == 2);
}

TEST_CASE("a file in papers/ that is not as it came is made again from the log") {
  CheckedWorld world;
  world.stock.torn = true;
  world.mailbox.add(paper("ada@x.example", "one"), in_time);
  CheckedProgram program(world);
  program.start();
  program.take_in();
  program.wait();
  program.send();
  CHECK(world.stock.restored == 1);
  CHECK(last_sent(world) == "received P-1 v1 to ada@x.example, checked 3");
  CHECK(world.watcher.warnings.empty());
}

TEST_CASE("a paper that cannot be had keeps no receipt back, and is said once") {
  CheckedWorld world;
  world.stock.torn = true;
  world.stock.broken = true;
  world.mailbox.add(paper("ada@x.example", "one"), in_time);
  CheckedProgram program(world);
  program.start();
  program.take_in();
  program.wait();
  CHECK(program.send().accepted == 1);
  CHECK(last_sent(world) == "received P-1 v1 to ada@x.example, check to come");
  program.checks.finish(never);
  program.checks.finish(never);
  CHECK(world.watcher.warnings.size() == 1);
}

TEST_CASE("a person who sends a receipt that waits sends it as it is") {
  CheckedWorld world;
  world.looker.hold();
  world.mailbox.add(paper("ada@x.example", "one"), in_time);
  CheckedProgram program(world);
  program.start();
  program.take_in();
  program.checks.begin();
  const std::string token = SqliteReader::open(world.database())->letter(1)->token;
  program.outbox.order("ann", {.tokens = {token}, .state = OutboxState::queued, .reason = "at once"});
  CHECK(program.send().accepted == 1);
  CHECK(last_sent(world) == "received P-1 v1 to ada@x.example, check to come");
  world.looker.let_go();
  program.checks.finish(never);
  CHECK(program.send().accepted == 0);
  CHECK(papers(world).at(0).pages == 3);
}
