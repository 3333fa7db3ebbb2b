// A mail at which papertray itself dies, every time: the desk goes on without it, and a person is told.
#include <doctest/doctest.h>

#include "intake/bench.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

struct Killed {};

constexpr int starts_allowed = 20;  // a loop of restarts would use them up

// Ends the program at each of these mails.
void deadly(World& world, Program& program, const std::vector<std::string>& words) {
  program.inspector.at_mail = [&world, words](const std::string& mail) {
    for (const std::string& word : words)
      if (mail.find(word) != std::string::npos) {
        world.attempts.dying = true;
        throw Killed{};
      }
  };
}

// Starts again and again, as a service manager does; how often it took.
int run_to_the_end(World& world, const std::vector<std::string>& words, const BatchLimits& limits = {}) {
  for (int starts = 1; starts <= starts_allowed; ++starts) {
    world.attempts.dying = false;
    Program program(world);
    deadly(world, program, words);
    try {
      program.run(limits);
      return starts;
    } catch (const Killed&) {
      continue;
    }
  }
  FAIL("it never comes to its end");
  return 0;
}

std::string fates(const World& world) {
  const auto reader = SqliteReader::open(world.database());
  std::string text;
  for (const MessageRow& row : reader->messages({}))
    text += row.id + " " + std::string(fate_name(row.fate)) + " " + row.submission + "\n";
  return text;
}

// `words`: mails that must not even be looked at.
void check_anew(World& world, const std::vector<std::string>& words) {
  const std::string anew = world.dir.path() + "/anew.db";
  {
    Program program(world, anew);
    deadly(world, program, words);
    program.intake.recover();
  }
  CHECK(first_difference(world.database(), anew) == "");
}

}  // namespace

TEST_CASE("a mail that ends the program every time is set aside, and those around it are not") {
  for (const std::size_t batch : {1U, 2U, 3U, 200U}) {
    CAPTURE(batch);
    World world;
    world.mailbox.add(paper("ada@x.example", "%PDF one"), in_time);
    world.mailbox.add(question("eva@x.example", "poison?"), in_time);
    world.mailbox.add(question("ida@x.example", "why"), in_time);
    const int starts = run_to_the_end(world, {"poison"}, {.mails = batch, .bytes = 1 << 20});
    // The inspector runs ahead: the first death may be laid at the door of the batch before.
    CHECK(starts <= 2 * deaths_allowed + 2);
    CHECK(fates(world) == "M-1 recorded P-1\nM-2 quarantined \nM-3 recorded Q-1\n");
    CHECK(world.transport.sent.size() == 2);
    check_anew(world, {"poison"});
    // From here on it starts at once.
    CHECK(run_to_the_end(world, {"poison"}) == 1);
  }
}

TEST_CASE("several of them") {
  World world;
  for (int i = 0; i < 6; ++i)
    world.mailbox.add(question("eva@x.example", (i % 2 == 0 ? "poison " : "fine ") + std::to_string(i)),
                      in_time);
  run_to_the_end(world, {"poison"});
  CHECK(fates(world) ==
        "M-1 quarantined \nM-2 recorded Q-1\nM-3 quarantined \nM-4 recorded Q-2\n"
        "M-5 quarantined \nM-6 recorded Q-3\n");
  check_anew(world, {"poison"});
}

TEST_CASE("deaths that have nothing to do with a mail set none aside") {
  World world;
  for (int i = 0; i < 3; ++i)
    world.mailbox.add(question("eva@x.example", "fine " + std::to_string(i)), in_time);
  for (int death = 0; death < 2 * deaths_allowed - 1; ++death) {
    world.attempts.dying = false;
    Program program(world);
    deadly(world, program, {"fine"});
    CHECK_THROWS_AS(program.run(), Killed);
  }
  CHECK(run_to_the_end(world, {}) == 1);
  CHECK(fates(world) == "M-1 recorded Q-1\nM-2 recorded Q-2\nM-3 recorded Q-3\n");
}

TEST_CASE("an orderly end is no death, however often it comes") {
  World world;
  world.mailbox.add(question("eva@x.example", "fine"), in_time);
  for (int i = 0; i < 10; ++i) {
    Program program(world);
    program.inspector.before = [] {
      throw Failure({Scope::store, Again::later, Exit::cannot_write, "the disk is full"});
    };
    CHECK_THROWS_AS(program.run(), Failure);
    CHECK_FALSE(world.attempts.last());
  }
  CHECK(run_to_the_end(world, {}) == 1);
  CHECK(fates(world) == "M-1 recorded Q-1\n");
}

TEST_CASE("a mail that a person routes, and at which the program then dies") {
  World world;
  world.mailbox.add("from:eva@x.example\nid:1\nsubject:Hello\ntext:poison\n", in_time);
  run_to_the_end(world, {});
  CHECK(fates(world) == "M-1 triage \n");
  const std::string sha256 = SqliteReader::open(world.database())->messages({}).front().sha256;
  {
    Program program(world);
    program.start();
    deadly(world, program, {"poison"});
    CHECK_THROWS_AS(
        program.intake.obey(
            {world.clock.now(), "ada",
             Routed{
                 .sha256 = sha256, .track = "questions", .into = "", .note = "", .command = "route"}}),
        Killed);
  }
  run_to_the_end(world, {"poison"});
  CHECK(fates(world) == "M-1 triage \n");
  const auto notes = SqliteReader::open(world.database())->messages({}).front().notes;
  REQUIRE(notes.size() == 1);
  CHECK(notes[0].starts_with("could not be taken as questions: papertray ended"));
  check_anew(world, {});  // by itself the mail was read without harm
}

TEST_CASE("an entry that is no mail is not passed by: the program says so and stays down") {
  World world;
  world.mailbox.add(question("eva@x.example", "fine"), in_time);
  run_to_the_end(world, {});
  const LogPosition from = Program(world).store->position();
  {
    Program program(world);
    program.log->append({world.clock.now(), "ada", OutboxPaused{.reason = "x"}});
    program.log->sync();
  }
  world.attempts.note(RecordAttempt{
      .from = from, .to = Program(world).log->end(), .alone = true, .times = deaths_allowed});
  Program program(world);
  CHECK_THROWS_AS(program.intake.recover(), Failure);
}
