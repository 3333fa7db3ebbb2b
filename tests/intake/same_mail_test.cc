// One mail is its bytes: seen in two folders or twice it is one; other bytes are another mail, whatever
// Message-ID they bear.
#include <doctest/doctest.h>

#include "intake/bench.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

const std::string ada = "ada@x.example";

std::unique_ptr<SqliteReader> reader(const World& world) {
  return SqliteReader::open(world.database());
}

}  // namespace

TEST_CASE("the same mail under two folders is one message") {
  World world;
  const std::string mail = paper(ada, "%PDF one");
  world.mailbox.add(mail, in_time);
  Program(world).run();
  world.mailbox.folder = "Archive";
  Program(world).run();
  CHECK(reader(world)->counts().total == 1);
  CHECK(reader(world)->message("M-1")->places.size() == 2);
  CHECK(reader(world)->message("M-1")->row.notes.empty());
  CHECK(reader(world)->papers({}).at(0).versions == 1);
  CHECK(world.transport.sent.size() == 1);
}

TEST_CASE("the same Message-ID with the same bytes is one message, in one batch and in two") {
  for (const bool together : {true, false}) {
    World world;
    const std::string mail = question(ada, "Why?");
    world.mailbox.add(mail, in_time);
    if (!together) Program(world).run();
    world.mailbox.add(mail, in_time + Seconds(60));
    Program(world).run();
    CHECK(reader(world)->counts().total == 1);
    CHECK(reader(world)->questions({}).size() == 1);
    CHECK(reader(world)->message("M-1")->row.notes.empty());
    CHECK(world.transport.sent.size() == 1);
  }
}

TEST_CASE("the same Message-ID with other bytes is two messages, the second with a note") {
  for (const bool together : {true, false}) {
    CAPTURE(together);
    World world;
    world.mailbox.add("from:ada@x.example\nid:template@x\nsubject:NIPS Workshop Questions\ntext:Why?\n",
                      in_time);
    if (!together) Program(world).run();
    world.mailbox.add("from:ada@x.example\nid:template@x\nsubject:NIPS Workshop Questions\ntext:How?\n",
                      in_time);
    world.mailbox.add("from:eve@y.example\nid:template@x\nsubject:NIPS Workshop Papers\npdf:%PDF one\n",
                      in_time);
    Program(world).run();
    CHECK(reader(world)->counts().total == 3);
    CHECK(reader(world)->counts().recorded == 3);
    CHECK(reader(world)->questions({}).size() == 2);
    CHECK(reader(world)->papers({}).size() == 1);
    CHECK(reader(world)->message("M-1")->row.notes.empty());
    const std::vector<std::string> note = {"has the Message-ID of M-1, but other bytes: they are two"};
    CHECK(reader(world)->message("M-2")->row.notes == note);
    CHECK(reader(world)->message("M-3")->row.notes == note);
    CHECK(world.transport.sent.size() == 3);

    const std::string anew = world.dir.path() + "/anew.db";
    Program(world, anew).intake.recover();
    CHECK(first_difference(world.database(), anew) == "");
  }
}

TEST_CASE("mails without a Message-ID are told apart by their bytes alone") {
  World world;
  for (const char* text : {"Why?", "How?", "Why?"})
    world.mailbox.add(
        "from:ada@x.example\nsubject:NIPS Workshop Questions\ntext:" + std::string(text) + "\n",
        in_time);
  Program(world).run();
  CHECK(reader(world)->counts().total == 2);
  CHECK(reader(world)->message("M-2")->row.notes.empty());
}

TEST_CASE("the same paper by another way is one submission: other bytes, the same PDF") {
  World world;
  world.mailbox.add(paper(ada, "%PDF one"), in_time);
  world.mailbox.add(paper(ada, "%PDF one") + "text:by way of the alias\n", in_time);
  Program(world).run();
  CHECK(reader(world)->papers({}).size() == 1);
  CHECK(reader(world)->papers({}).at(0).versions == 1);
  CHECK(reader(world)->message("M-2")->row.notes.size() == 1);
  CHECK(world.transport.sent.back().bytes == "duplicate P-1 v1 to ada@x.example");
}
