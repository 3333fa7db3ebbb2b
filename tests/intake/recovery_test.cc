// Interrupt at every step, start again, compare with a run that nothing interrupted.
#include <atomic>

#include <doctest/doctest.h>

#include "core/error.h"
#include "intake/bench.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

struct Killed {};

void fill(FakeMailbox& mailbox) {
  mailbox.add(paper("ada@x.example", "%PDF one"), in_time);
  mailbox.add(question("eva@x.example", "why"), in_time);
  mailbox.add(paper("ada@x.example", "%PDF two"), in_time);
  mailbox.add(paper("ida@x.example", "%PDF three"), too_late);
  mailbox.add("from:list@x.example\nsubject:News\ntext:buy\n", in_time);
  mailbox.add(paper("ada@x.example", "%PDF one"), in_time);  // the same mail again
}

// Every call out of the intake and the outbox is a step; the nth one ends the program. They come from
// several threads.
struct Steps {
  std::atomic<int> left = -1;  // negative: never
  void operator()() {
    if (left > 0 && --left == 0) throw Killed{};
  }
};

void wire(World& world, Program& program, Steps& steps) {
  const auto step = [&steps] { steps(); };
  program.inspector.before = step;
  program.receipts.before = step;
  world.shelf.before = step;
  world.mailbox.before_mark = step;
  world.transport.before = step;
}

// All of the run; true when it came to its end.
bool run(World& world, Steps& steps) {
  Program program(world);
  wire(world, program, steps);
  try {
    program.run({.mails = 2, .bytes = 1 << 20});
  } catch (const Killed&) {
    return false;
  }
  return true;
}

std::string papers_and_fates(const World& world) {
  const auto reader = SqliteReader::open(world.database());
  std::string text;
  for (const MessageRow& row : reader->messages({}))
    text +=
        row.id + " " + std::string(fate_name(row.fate)) + " " + row.submission + " " + row.sha256 + "\n";
  for (const PaperRow& row : reader->papers({}))
    text +=
        row.id + " v" + std::to_string(row.versions) + " counts " + std::to_string(row.counting) + "\n";
  for (const OutboxListRow& row : reader->outbox({}))
    text += row.kind + " " + row.to + " " + std::string(outbox_state_name(row.state)) + "\n";
  return text;
}

}  // namespace

TEST_CASE("killed at any step, then started again: as if nothing had been") {
  World undisturbed;
  fill(undisturbed.mailbox);
  Steps never;
  REQUIRE(run(undisturbed, never));
  const std::string expected = papers_and_fates(undisturbed);
  REQUIRE(undisturbed.transport.sent.size() == 4);

  int kills = 0;
  for (int step = 1; step < 1000; ++step) {
    World world;
    fill(world.mailbox);
    Steps steps{step};
    if (run(world, steps)) break;  // more steps than the run has
    ++kills;
    CAPTURE(step);
    Steps on;
    REQUIRE(run(world, on));
    CHECK(papers_and_fates(world) == expected);
    CHECK(world.mailbox.marked == undisturbed.mailbox.marked);
    CHECK(world.shelf.papers == undisturbed.shelf.papers);
    // A receipt may go out twice only when the kill came while it was being sent, and then as it was.
    std::map<std::string, int> times;
    std::map<std::string, std::string> bytes;
    for (const OutgoingMail& mail : world.transport.sent) {
      ++times[mail.token];
      CHECK(bytes.emplace(mail.token, mail.bytes).first->second == mail.bytes);
    }
    CHECK(times.size() == 4);
    CHECK(world.transport.sent.size() <= 5);
  }
  CHECK(kills > 15);
}

TEST_CASE("a database made anew from the log is the same, table by table, and sends nothing") {
  World world;
  fill(world.mailbox);
  {
    Program program(world);
    program.run({.mails = 2, .bytes = 1 << 20});
    world.mailbox.uidvalidity = 8;
    program.take_in();
  }
  const std::size_t sent = world.transport.sent.size();
  const std::string anew = world.dir.path() + "/anew.db";
  {
    Program program(world, anew);
    program.intake.recover();
    program.outbox.settle_interrupted();
    program.send();
  }
  CHECK(first_difference(world.database(), anew) == "");
  CHECK(world.transport.sent.size() == sent);
}
