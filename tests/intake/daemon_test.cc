#include "intake/daemon.h"

#include <doctest/doctest.h>

#include "core/reconnect.h"
#include "intake/bench.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

// Time passes only while the daemon waits; what happens meanwhile is the test's list. After the last
// turn somebody asks it to stop.
class HandWorld : public DaemonWorld {
 public:
  explicit HandWorld(World& w) : world(w) {}

  struct Turn {
    std::function<void()> meanwhile = [] {};
    bool news = false;  // told of something before the time is over
  };
  std::vector<Turn> turns;
  bool reload_is_asked = false;
  bool rules_are_wrong = false;

  std::vector<Seconds> waits;
  std::vector<bool> watched;
  std::vector<DaemonStatus> told;
  int reloads = 0;

  Time now() override { return world.clock.at; }
  double chance() override { return 0.5; }
  bool stop_asked() override { return waits.size() > turns.size(); }
  bool reload_asked() override { return std::exchange(reload_is_asked, false); }
  void reload() override {
    ++reloads;
    if (rules_are_wrong)
      throw Failure({Scope::program, Again::person, Exit::configuration, "rules.toml:3: wrong"});
  }
  Woken wait(MailboxSource* source, Seconds at_most) override {
    watched.push_back(source != nullptr);
    waits.push_back(at_most);
    const Turn turn = waits.size() <= turns.size() ? turns[waits.size() - 1] : Turn{};
    if (!turn.news) world.clock.at += at_most;
    turn.meanwhile();
    return turn.news ? Woken::news : Woken::timeout;
  }
  void tell(const DaemonStatus& status) override { told.push_back(status); }

 private:
  World& world;
};

struct Running {
  explicit Running(World& w) : program(w), hands(w), world(w) { program.start(); }
  void run() {
    Daemon daemon({}, before, program.intake, program.outbox, *program.store, world.mailbox,
                  &world.transport, hands, world.watcher);
    daemon.run();
  }
  Program program;
  HandWorld hands;
  World& world;
  DaemonStatus before;
};

}  // namespace

TEST_CASE("a mail that comes while the daemon waits is answered when it is told of it") {
  World world;
  Running daemon(world);
  daemon.hands.turns = {
      {[&] { world.mailbox.add(paper("ada@x.example", "%PDF one"), world.clock.at); }, true}};
  daemon.run();
  REQUIRE(world.transport.sent.size() == 1);
  CHECK(daemon.hands.waits == std::vector<Seconds>{Seconds(300), Seconds(300)});
  CHECK(daemon.hands.watched == std::vector<bool>{true, true});
  CHECK(daemon.hands.told.back().trouble == Trouble::none);
  CHECK(daemon.hands.told.back().lag == Seconds(0));
}

TEST_CASE("a mail that nobody told of is found by the poll") {
  World world;
  Running daemon(world);
  daemon.hands.turns = {{[&] { world.mailbox.add(question("eva@x.example", "why"), in_time); }}};
  daemon.run();
  CHECK(world.transport.sent.size() == 1);
}

TEST_CASE("trouble: each try later than the one before, and back to normal after one that works") {
  World world;
  world.mailbox.fetch_fails =
      Error{Scope::account, Again::later, Exit::unreachable, "gone", Trouble::unreachable};
  Running daemon(world);
  daemon.hands.turns = {{}, {}, {[&] { world.mailbox.fetch_fails.reset(); }}, {}};
  daemon.run();
  REQUIRE(daemon.hands.waits.size() == 5);
  CHECK(daemon.hands.waits[0] == Seconds(2));
  CHECK(daemon.hands.waits[1] == Seconds(4));
  CHECK(daemon.hands.waits[2] == Seconds(8));
  CHECK(daemon.hands.waits[3] == Seconds(300));
  CHECK(daemon.hands.watched == std::vector<bool>{false, false, false, true, true});
  CHECK(daemon.hands.told[0].trouble == Trouble::unreachable);
  CHECK(daemon.hands.told[0].detail == "gone");
  REQUIRE(daemon.hands.told[0].next_try.has_value());
  CHECK(daemon.hands.told.back().trouble == Trouble::none);
}

TEST_CASE("a clock that is set back does not keep a mailbox in trouble waiting") {
  World world;
  world.mailbox.add(paper("ada@x.example", "%PDF one"), world.clock.at);
  world.mailbox.fetch_fails =
      Error{Scope::account, Again::later, Exit::unreachable, "gone", Trouble::unreachable};
  Running daemon(world);
  daemon.hands.turns = {{[&] {
    world.mailbox.fetch_fails.reset();
    world.clock.at -= Seconds(3 * 86'400);
  }}};
  daemon.run();
  CHECK(world.transport.sent.size() == 1);
  CHECK(daemon.hands.told.back().trouble == Trouble::none);
  for (const Seconds wait : daemon.hands.waits)
    CHECK(wait <= Seconds(300));
}

TEST_CASE("broken off by the ask to stop: nothing is told of the mailbox") {
  World world;
  world.mailbox.add(paper("ada@x.example", "%PDF one"), in_time);
  world.mailbox.cut_in_uid = 1;
  world.mailbox.cut_by_stop = true;
  Running daemon(world);
  daemon.run();
  CHECK(daemon.hands.told.empty());
  CHECK(world.watcher.warnings.empty());
}

TEST_CASE("a mailbox in trouble does not keep receipts from going out") {
  World world;
  world.mailbox.add(paper("ada@x.example", "%PDF one"), in_time);
  Running daemon(world);
  daemon.program.take_in();
  world.mailbox.fetch_fails =
      Error{Scope::account, Again::person, Exit::login_refused, "no", Trouble::login_refused};
  daemon.run();
  CHECK(world.transport.sent.size() == 1);
}

TEST_CASE("a receipt put off for five minutes is sent then, not at the next poll") {
  World world;
  world.mailbox.add(paper("ada@x.example", "%PDF one"), in_time);
  world.transport.answers = {{.delivery = Delivery::refused_later, .code = 451, .text = "451 later"}};
  Running daemon(world);
  daemon.hands.turns = {{[&] { world.clock.at -= Seconds(100); }}, {}};  // told of something after 200 s
  daemon.run();
  CHECK(daemon.hands.waits.at(0) == Seconds(300));
  CHECK(daemon.hands.waits.at(1) == Seconds(100));
  CHECK(world.transport.sent.size() == 2);
}

TEST_CASE("refused credentials are tried once an hour, not with every mail") {
  World world;
  const Attempt refused{.delivery = Delivery::credentials, .code = 535, .text = "535 bad password"};
  world.transport.answers = {refused, refused, refused};
  Running daemon(world);
  world.mailbox.add(question("eva@x.example", "0"), in_time);
  for (int i = 1; i <= 20; ++i)
    daemon.hands.turns.push_back(
        {[&world, i] { world.mailbox.add(question("eva@x.example", std::to_string(i)), in_time); }});
  daemon.run();  // 100 minutes
  CHECK(world.transport.sent.size() == 2);
  const Sending sending = SqliteReader::open(world.database())->sending(world.clock.at);
  CHECK(sending.paused.find("535") != std::string::npos);
  CHECK(sending.until.has_value());
}

TEST_CASE("rules reread on request; wrong ones leave the old in force") {
  World world;
  Running daemon(world);
  daemon.hands.reload_is_asked = true;
  daemon.hands.rules_are_wrong = true;
  daemon.hands.turns = {{}};
  daemon.run();
  CHECK(daemon.hands.reloads == 1);
  REQUIRE_FALSE(world.watcher.warnings.empty());
  CHECK(world.watcher.warnings[0] == "rules.toml:3: wrong (the rules before it stay in force)");
}

TEST_CASE("once a day everything is looked at, counted from the last time that is on record") {
  World world;
  Running daemon(world);
  daemon.before.reconciled = world.clock.at - std::chrono::hours(23);
  for (int i = 0; i < 24; ++i)
    daemon.hands.turns.push_back({});  // two hours
  daemon.run();
  CHECK(world.mailbox.looked_at_all == 1);
}

TEST_CASE("a disk that takes nothing ends the daemon") {
  World world;
  world.mailbox.fetch_fails = Error{Scope::store, Again::person, Exit::cannot_write, "disk full"};
  Running daemon(world);
  CHECK_THROWS_AS(daemon.run(), Failure);
}
