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

TEST_CASE("a used up quota pauses everything, survives a restart, and ends by itself") {
  World world;
  {
    Program program(world);
    queue_one(world, program);
    world.transport.answers = {
        {.delivery = Delivery::quota, .code = 550, .text = "550 5.4.5 Daily user sending limit"}};
    const Sent sent = program.send();
    CHECK(sent.paused.find("5.4.5") != std::string::npos);
    CHECK(sent.again == world.clock.at + std::chrono::hours(24));
  }
  Program program(world);
  program.start();
  world.mailbox.add(paper("eva@x.example", "%PDF two"), in_time);
  program.take_in();
  world.clock.at += std::chrono::hours(23);
  CHECK(program.send().paused.find("5.4.5") != std::string::npos);
  CHECK(world.transport.sent.size() == 1);
  world.clock.at += std::chrono::hours(1);
  CHECK(program.send().accepted == 2);
  CHECK_FALSE(program.store->pause());
}

TEST_CASE("paused by a person: nothing goes out until a person resumes") {
  World world;
  Program program(world);
  queue_one(world, program);
  program.outbox.pause("carla", "paused by carla");
  world.clock.at += std::chrono::hours(1000);
  const Sent sent = program.send();
  CHECK(sent.paused == "paused by carla");
  CHECK_FALSE(sent.again);
  CHECK(world.transport.sent.empty());
  program.outbox.resume("carla");
  CHECK(program.send().accepted == 1);
}

TEST_CASE("what is over the day's limit waits and goes out the next day") {
  World world;
  Program program(world);
  program.start();
  Outbox outbox(*program.log, *program.store, world.clock, world.watcher, {.per_day = 2});
  for (const char* author : {"a@x.example", "b@x.example", "c@x.example", "d@x.example", "e@x.example"})
    world.mailbox.add(paper(author, std::string("%PDF of ") + author), in_time);
  program.take_in();
  const Time begun = world.clock.at;
  const Sent sent = outbox.send_due(world.transport);
  CHECK(sent.accepted == 2);
  CHECK(sent.paused.find("limit") != std::string::npos);
  CHECK(sent.again == begun + std::chrono::hours(24));
  world.clock.at = begun + std::chrono::hours(24) - Seconds(1);
  CHECK(outbox.send_due(world.transport).accepted == 0);
  world.clock.at = begun + std::chrono::hours(24);
  CHECK(outbox.send_due(world.transport).accepted == 2);
  world.clock.at += std::chrono::hours(24);
  CHECK(outbox.send_due(world.transport).accepted == 1);
  REQUIRE(world.transport.sent.size() == 5);
  for (std::size_t i = 0; i < 5; ++i)
    CHECK(world.transport.sent[i].to == std::string(1, static_cast<char>('a' + i)) + "@x.example");
}

TEST_CASE("a mail that may have arrived counts into the day's limit, one that was refused does not") {
  World world;
  Program program(world);
  program.start();
  Outbox outbox(*program.log, *program.store, world.clock, world.watcher, {.per_day = 2});
  for (const char* author : {"a@x.example", "b@x.example", "c@x.example", "d@x.example"})
    world.mailbox.add(paper(author, std::string("%PDF of ") + author), in_time);
  program.take_in();
  world.transport.answers = {{.delivery = Delivery::refused, .code = 550, .text = "550 no"},
                             {.delivery = Delivery::ambiguous, .code = 0, .text = "silence"}};
  const Sent sent = outbox.send_due(world.transport);
  CHECK(sent.failed == 1);
  CHECK(sent.unknown == 1);
  CHECK(sent.accepted == 1);
  CHECK(world.transport.sent.size() == 3);
}

TEST_CASE("a seventh receipt within a day is written, shown to a person and not sent") {
  World world;
  Program program(world);
  program.start();
  for (int i = 0; i < 8; ++i)  // one mailbox in several spellings
    world.mailbox.add(
        paper(i % 2 == 0 ? "ada.x@gmail.com" : "Ada.X+" + std::to_string(i) + "@googlemail.com",
              "%PDF " + std::to_string(i)),
        in_time);
  program.take_in();
  CHECK(program.send().accepted == 6);
  const auto reader = SqliteReader::open(world.database());
  const std::vector<OutboxListRow> rows = [&] {
    ListFilter filter;
    filter.problems = true;
    return reader->outbox(filter);
  }();
  REQUIRE(rows.size() == 2);
  for (const OutboxListRow& row : rows) {
    CHECK(row.state == OutboxState::suppressed);
    CHECK(row.reason.find("limit") != std::string::npos);
    CHECK_FALSE(reader->letter(row.id)->bytes.empty());
  }
  // A person sends one all the same.
  program.outbox.order("carla", {.tokens = {reader->letter(rows[0].id)->token},
                                 .state = OutboxState::queued,
                                 .reason = "was suppressed; sending ordered"});
  CHECK(program.send().accepted == 1);
}

TEST_CASE("orders: paused, queued again, dropped; each is a line of the row's history") {
  World world;
  Program program(world);
  queue_one(world, program);
  const auto token = [&] { return SqliteReader::open(world.database())->letter(1)->token; };
  const auto order = [&](OutboxState state) {
    program.outbox.order("carla", {.tokens = {token()}, .state = state, .reason = "ordered"});
  };
  order(OutboxState::paused);
  CHECK(program.send().accepted == 0);
  order(OutboxState::queued);
  world.transport.answers = {{.delivery = Delivery::refused, .code = 550, .text = "550 no"}};
  CHECK(program.send().failed == 1);
  order(OutboxState::dropped);
  CHECK(program.send().accepted == 0);
  const ShownLetter letter = *SqliteReader::open(world.database())->letter(1);
  REQUIRE(letter.steps.size() == 4);
  CHECK(letter.steps[0].state == "paused");
  CHECK(letter.steps[0].reason == "ordered (carla)");
  CHECK(letter.steps[2].state == "failed");
  CHECK(letter.steps[3].state == "dropped");
}
