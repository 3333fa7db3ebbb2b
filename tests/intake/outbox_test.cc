#include <doctest/doctest.h>

#include "intake/bench.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

OutboxState only_state(const World& world) {
  return SqliteReader::open(world.database())->outbox({}).at(0).state;
}

// One receipt, queued.
void queue_one(World& world, Program& program) {
  world.mailbox.add(paper("ada@x.example", "%PDF one"), in_time);
  program.start();
  program.take_in();
}

}  // namespace

TEST_CASE("refused for now: tried again when its time has come, not before") {
  World world;
  Program program(world);
  queue_one(world, program);
  world.transport.answers = {{.delivery = Delivery::refused_later, .code = 451, .text = "451 later"}};
  CHECK(program.send().later == 1);
  CHECK(only_state(world) == OutboxState::queued);
  CHECK(program.send().accepted == 0);
  CHECK(world.transport.sent.size() == 1);
  world.clock.at += std::chrono::minutes(5);
  CHECK(program.send().accepted == 1);
  CHECK(only_state(world) == OutboxState::sent);
}

TEST_CASE("no answer after the last byte: once more with the same bytes, never a third time") {
  World world;
  Program program(world);
  queue_one(world, program);
  const Attempt silence{.delivery = Delivery::ambiguous, .code = 0, .text = "no answer"};
  world.transport.answers = {silence, silence};
  CHECK(program.send().unknown == 1);
  world.clock.at += std::chrono::hours(1);
  CHECK(program.send().unknown == 1);
  world.clock.at += std::chrono::hours(1000);
  program.send();
  REQUIRE(world.transport.sent.size() == 2);
  CHECK(world.transport.sent[0].bytes == world.transport.sent[1].bytes);
  CHECK(only_state(world) == OutboxState::unknown);
}

TEST_CASE("refused for good ends it") {
  World world;
  Program program(world);
  queue_one(world, program);
  world.transport.answers = {{.delivery = Delivery::refused, .code = 550, .text = "550 no such user"}};
  CHECK(program.send().failed == 1);
  world.clock.at += std::chrono::hours(1000);
  program.send();
  CHECK(world.transport.sent.size() == 1);
  CHECK(only_state(world) == OutboxState::failed);
}

TEST_CASE("credentials refused: nothing more is tried in this run") {
  World world;
  Program program(world);
  queue_one(world, program);
  world.mailbox.add(paper("eva@x.example", "%PDF two"), in_time);
  program.take_in();
  world.transport.answers = {
      {.delivery = Delivery::credentials, .code = 535, .text = "535 bad password"}};
  const Sent sent = program.send();
  CHECK_FALSE(sent.paused.empty());
  CHECK(world.transport.sent.size() == 1);
  CHECK(world.transport.closed);
}

TEST_CASE("the log says sending before the first byte leaves") {
  World world;
  Program program(world);
  queue_one(world, program);
  bool begun = false;
  world.transport.before = [&] { begun = program.store->interrupted().size() == 1; };
  program.send();
  CHECK(begun);
  CHECK(program.store->interrupted().empty());
}

TEST_CASE("a stop between two mails leaves the rest queued") {
  World world;
  Program program(world);
  queue_one(world, program);
  int asked = 0;
  world.mailbox.add(paper("eva@x.example", "%PDF two"), in_time);
  program.take_in();
  program.outbox.send_due(world.transport, [&] { return ++asked > 1; });
  CHECK(world.transport.sent.size() == 1);
  CHECK(program.send().accepted == 1);
}
