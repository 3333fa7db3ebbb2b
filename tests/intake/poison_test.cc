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
    add_three(world, "poison?");
    CHECK(run_to_the_end(world, {"poison"}, {.mails = batch, .bytes = 1 << 20}) == deaths_of_a_mail + 1);
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
  CHECK(run_to_the_end(world, {"poison"}) == 3 * deaths_of_a_mail + 1);
  CHECK(fates(world) ==
        "M-1 quarantined \nM-2 recorded Q-1\nM-3 quarantined \nM-4 recorded Q-2\n"
        "M-5 quarantined \nM-6 recorded Q-3\n");
  check_anew(world, {"poison"});
}

TEST_CASE("deaths that have nothing to do with a mail set none aside") {
  World world;
  for (int i = 0; i < 3; ++i)
    world.mailbox.add(question("eva@x.example", "fine " + std::to_string(i)), in_time);
  for (const std::string at : {"fine 0", "fine 1", "fine 2"}) {  // each time another mail is before it
    world.attempts.dying = false;
    Program program(world);
    deadly(world, program, {at});
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

TEST_CASE("a mail that was set aside, and that a person has read once more") {
  World world;
  world.mailbox.add(question("eva@x.example", "poison?"), in_time);
  world.mailbox.add(question("ida@x.example", "why"), in_time);
  run_to_the_end(world, {"poison"});
  CHECK(fates(world) == "M-1 quarantined \nM-2 recorded Q-1\n");
  const std::string sha256 = SqliteReader::open(world.database())->messages({}).front().sha256;
  {
    Program program(world);  // a later one, which the mail does not end
    program.start();
    program.intake.obey(
        {world.clock.now(), "ada",
         Routed{.sha256 = sha256, .track = "questions", .into = "", .note = "", .command = "route"}});
  }
  CHECK(fates(world) == "M-1 recorded Q-2\nM-2 recorded Q-1\n");
  check_anew(world, {});  // there both stand in one batch
}

TEST_CASE("an entry that is no mail is not passed by: the program says so and stays down") {
  World world;
  world.mailbox.add(question("eva@x.example", "fine"), in_time);
  run_to_the_end(world, {});
  {
    Program program(world);
    program.log->append({world.clock.now(), "ada", OutboxPaused{.reason = "x"}});
    program.log->sync();
  }
  const LogPosition end = Program(world).log->end();
  RecordAttempt attempt{.to = end, .recording = end, .inspecting = {}};
  attempt.suspects.front() = {.end = end, .deaths = deaths_of_an_event - 1};
  world.attempts.note(attempt);
  CHECK_THROWS_AS(Program(world).intake.recover(), Failure);
  attempt.suspects.front().deaths = deaths_of_an_event - 2;
  world.attempts.note(attempt);
  CHECK_NOTHROW(Program(world).intake.recover());
}

TEST_CASE("who died where is reckoned up at the next start") {
  AttemptInMemory file;
  const LogPosition one{1, 1000}, two{1, 2000}, three{2, 500}, four{2, 900};
  {
    Attempts killed(&file);
    killed.begin(three);
    killed.recording(one);
    killed.inspecting(two);
    file.dying = true;
  }
  file.dying = false;
  Attempts next(&file);
  CHECK(next.look_back({1, 0}) == three);
  CHECK(next.suspects()[0].end == two);
  CHECK(next.suspects()[1].end == one);
  CHECK(next.suspects()[2].deaths == 0);

  SUBCASE("what is recorded by now was no death") {
    CHECK(next.look_back(one) == three);
    CHECK(next.suspects()[0].deaths == 1);
    CHECK(next.suspects()[1].deaths == 0);
    CHECK_FALSE(next.look_back(three));
  }
  SUBCASE("the second death at the same entry counts, those at others are kept") {
    next.begin(two);
    next.recording(two);
    Attempts third(&file);
    CHECK(third.look_back({1, 0}) == two);
    CHECK(third.suspects()[0].end == two);
    CHECK(third.suspects()[0].deaths == 2);
    CHECK(third.suspects()[1].deaths == 1);
    third.acquit(two);
    CHECK(third.suspects()[0].deaths == 0);
  }
  SUBCASE("an orderly end clears all") {
    next.begin(two);
    next.recording(two);
    next.end();
    CHECK_FALSE(file.last());
  }
  SUBCASE("one thread's end is not the other's") {
    next.inspecting(four);  // of the next batch
    next.begin(three);
    next.end();
    REQUIRE(file.last());
    CHECK(next.look_back(three) == four);
    next.inspected();
    CHECK_FALSE(file.last());
  }
}
