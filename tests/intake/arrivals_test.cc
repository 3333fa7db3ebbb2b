// A mail at which papertray dies before the log has it: the third death is the last.
#include "intake/arrivals.h"

#include <set>
#include <string_view>

#include <doctest/doctest.h>

#include "intake/bench.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

struct Killed {};

constexpr int starts_allowed = 20;  // a loop of restarts would use them up

// A start whose program dies at the bytes of a mail that hold the word.
bool dies(World& world, const std::string& word, const BatchLimits& limits = {}) {
  world.attempts.dying = false;
  Program program(world);
  program.deadly.at_bytes = [&](std::span<const char> bytes) {
    if (std::string_view(bytes.data(), bytes.size()).find(word) == std::string_view::npos) return;
    world.attempts.dying = true;
    throw Killed{};
  };
  try {
    program.run(limits);
    return false;
  } catch (const Killed&) {
    return true;
  }
}

int deaths_at(World& world, const std::string& word, const BatchLimits& limits = {}) {
  int deaths = 0;
  while (deaths < starts_allowed && dies(world, word, limits))
    ++deaths;
  return deaths;
}

Place place_of(std::uint32_t uid) {
  return {
      .account = "imaps://desk@x.example", .folder = "INBOX", .uidvalidity = 7, .uid = uid, .name = ""};
}

}  // namespace

TEST_CASE("a mail that ends the program while it arrives is left where it is") {
  for (const std::size_t batch : {1U, 2U, 3U, 200U}) {
    CAPTURE(batch);
    World world;
    add_three(world, "poison?");
    CHECK(deaths_at(world, "poison", {.mails = batch, .bytes = 1 << 20}) == deaths_of_an_arrival);
    const auto reader = SqliteReader::open(world.database());
    const std::vector<MessageRow> rows = reader->messages({});
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].submission == "P-1");
    CHECK(rows[1].submission == "Q-1");
    CHECK(rows[2].fate == Fate::quarantined);  // a place without a message
    CHECK(rows[2].id == "");
    CHECK(rows[2].reason.find("UID 2") != std::string::npos);
    CHECK(rows[2].reason.find("ended three times") != std::string::npos);
    CHECK(world.transport.sent.size() == 2);
    CHECK(world.mailbox.marked == std::set<std::uint32_t>{1, 3});
    // For good, and the log tells the same.
    CHECK(deaths_at(world, "poison") == 0);
    CHECK(world.attempts.arriving() == 0);
    CHECK(world.attempts.arrival_suspects() == ArrivalSuspects{});
    const std::string anew = world.dir.path() + "/anew.db";
    Program(world, anew).intake.recover();
    CHECK(first_difference(world.database(), anew) == "");
  }
}

TEST_CASE("two deaths at an arriving mail are forgiven when it comes at last") {
  World world;
  world.mailbox.add(question("eva@x.example", "why"), in_time);
  CHECK(dies(world, "why"));
  CHECK(dies(world, "why"));
  CHECK_FALSE(dies(world, "another word"));
  CHECK(world.attempts.arrival_suspects() == ArrivalSuspects{});
  CHECK(SqliteReader::open(world.database())->questions({}).size() == 1);
}

TEST_CASE("what ends the taking in of a mail in an orderly way is no death") {
  World world;
  world.mailbox.add(question("eva@x.example", "why"), in_time);
  for (int i = 0; i < 10; ++i) {
    Program program(world);
    program.deadly.at_bytes = [](std::span<const char>) {
      throw Failure({Scope::store, Again::later, Exit::cannot_write, "the disk is full"});
    };
    CHECK_THROWS_AS(program.run(), Failure);
    CHECK(world.attempts.arriving() == 0);
  }
  world.mailbox.cut_in_uid = 1;
  for (int i = 0; i < 10; ++i) {
    Program program(world);
    CHECK_THROWS_AS(program.run(), Failure);
    CHECK(world.attempts.arriving() == 0);
  }
  world.mailbox.cut_in_uid = 0;
  Program(world).run();
  CHECK(SqliteReader::open(world.database())->questions({}).size() == 1);
}

TEST_CASE("a note that cannot be written takes its mail back, and the next run takes it in") {
  World world;
  world.mailbox.add(question("eva@x.example", "why"), in_time);
  {
    Program program(world);
    program.start();
    const LogPosition before = program.log->end();
    world.attempts.arrival_fails_at = 1;
    CHECK_THROWS_AS(program.take_in(), Failure);
    CHECK(program.log->end() == before);
  }
  // That it is over cannot be written, either: that is no reason to leave the mail.
  world.attempts.arrival_fails_at = 2;
  Program(world).run();
  CHECK(world.attempts.arrival_fails_at == 0);
  CHECK(SqliteReader::open(world.database())->questions({}).size() == 1);
}

TEST_CASE("waiting for the rest of a mail is not working on it") {
  AttemptInMemory note;
  Arrivals arrivals(&note);
  arrivals.enter(5);
  CHECK(note.arriving() == 5);
  arrivals.enter(5);  // the next step of the same mail
  CHECK(note.arrivals_noted == 1);
  arrivals.leave();
  CHECK(note.arriving() == 0);
  arrivals.leave();
  CHECK(note.arrivals_noted == 2);
}

TEST_CASE("deaths at arrivals: each place has its own, and the oldest make room") {
  AttemptInMemory note;
  const auto die_at = [&](PlaceKey place) {
    note.note_arriving(place);
    Arrivals(&note).look_back();
  };
  for (const PlaceKey place : {1U, 2U, 1U, 3U, 4U, 1U, 5U})
    die_at(place);
  Arrivals arrivals(&note);
  arrivals.look_back();
  CHECK(arrivals.deaths(2) == 1);
  CHECK(arrivals.deaths(5) == 1);
  CHECK(arrivals.deaths(1) == 0);  // the first of five
  arrivals.acquit(2);
  CHECK(arrivals.deaths(2) == 0);
  CHECK(arrivals.deaths(9) == 0);
  arrivals.acquit(9);
}

TEST_CASE("places have keys of their own") {
  std::set<PlaceKey> keys;
  std::size_t places = 0;
  for (std::uint32_t uid = 1; uid <= 10'000; ++uid, ++places)
    keys.insert(key_of(place_of(uid)));
  for (const auto& [account, folder, name] :
       {std::array{"ab", "c", ""}, std::array{"a", "bc", ""}, std::array{"", "abc", ""},
        std::array{"abc", "", ""}, std::array{"ab", "", "c"}}) {
    keys.insert(
        key_of({.account = account, .folder = folder, .uidvalidity = 0, .uid = 0, .name = name}));
    ++places;
  }
  CHECK(keys.size() == places);
  CHECK_FALSE(keys.contains(0));
}

TEST_CASE("without a note nothing is noted") {
  Arrivals arrivals(nullptr);
  arrivals.look_back();
  arrivals.enter(1);
  arrivals.leave();
  arrivals.acquit(1);
  CHECK(arrivals.deaths(1) == 0);
}
