#include <doctest/doctest.h>

#include "core/error.h"
#include "intake/bench.h"

using namespace papertray;
using namespace papertray::testing;

TEST_CASE("a paper in, a submission recorded, a receipt out") {
  World world;
  world.mailbox.add(paper("ada@x.example", "%PDF one", "Sparse Things"), in_time);
  Program program(world);
  program.run();

  const auto reader = SqliteReader::open(world.database());
  const std::vector<PaperRow> papers = reader->papers({});
  REQUIRE(papers.size() == 1);
  CHECK(papers[0].id == "P-1");
  CHECK(papers[0].title == "Sparse Things");
  CHECK(papers[0].submitter == "ada@x.example");
  CHECK(papers[0].on_time);
  CHECK(papers[0].received == in_time);
  CHECK(world.shelf.papers.at("P-001_v1") == "%PDF one");
  REQUIRE(world.transport.sent.size() == 1);
  CHECK(world.transport.sent[0].to == "ada@x.example");
  CHECK(world.transport.sent[0].bytes == "received P-1 v1 to ada@x.example");
  CHECK(world.mailbox.marked == std::set<std::uint32_t>{1});
  CHECK(reader->outbox({}).at(0).state == OutboxState::sent);
}

TEST_CASE("mails are shown as done only when they are durable and recorded") {
  World world;
  world.mailbox.add(question("eva@x.example", "why"), in_time);
  Program program(world);
  bool recorded = false;
  world.mailbox.before_mark = [&] {
    recorded = program.store->last_uid("imap://fake", "INBOX", 7) == 1 &&
               program.store->position() == program.log->end();
    world.mailbox.before_mark = [] {};
  };
  program.run();
  CHECK(recorded);
}

TEST_CASE("what follows the first version of a paper") {
  struct Step {
    std::string mail;
    Time at;
    std::string receipt;  // the last one's bytes
    int papers;
    int counting;  // version of P-1 that counts
  };
  const std::string ada = "ada@x.example";
  const Step steps[] = {
      {paper(ada, "%PDF one"), in_time, "received P-1 v1 to ada@x.example", 1, 1},
      {paper(ada, "%PDF two"), in_time, "replaced P-1 v2 to ada@x.example", 1, 2},
      {paper(ada, "%PDF three"), too_late, "late P-1 v3 to ada@x.example, v2 counts", 1, 2},
      {paper("eva@x.example", "%PDF four"), in_time, "received P-2 v1 to eva@x.example", 2, 2},
  };
  World world;
  Program program(world);
  program.start();
  for (const Step& step : steps) {
    CAPTURE(step.receipt);
    world.mailbox.add(step.mail, step.at);
    program.take_in();
    program.send();
    CHECK(world.transport.sent.back().bytes == step.receipt);
    const auto papers = SqliteReader::open(world.database())->papers({});
    REQUIRE(papers.size() == static_cast<std::size_t>(step.papers));
    CHECK(papers[0].counting == step.counting);
  }
}

TEST_CASE("a receipt says of another version that it counts only when it came in time") {
  World world;
  world.mailbox.add(paper("ada@x.example", "%PDF one"), too_late);
  world.mailbox.add(paper("ada@x.example", "%PDF two"), too_late + Seconds(5));
  world.mailbox.add(paper("ada@x.example", "%PDF three"), in_time);
  world.mailbox.add(paper("ada@x.example", "%PDF four"), in_time - Seconds(60));
  Program program(world);
  program.run();
  std::vector<std::string> receipts;
  for (const OutgoingMail& mail : world.transport.sent)
    receipts.push_back(mail.bytes);
  CHECK(receipts == std::vector<std::string>{"late P-1 v1 to ada@x.example",
                                             "late P-1 v2 to ada@x.example",
                                             "replaced P-1 v3 to ada@x.example",
                                             "received P-1 v4 to ada@x.example, v3 counts"});
}

TEST_CASE("the same bytes at another place are one message and one receipt") {
  World world;
  const std::string mail = paper("ada@x.example", "%PDF one");
  world.mailbox.add(mail, in_time);
  world.mailbox.add(mail, in_time);
  Program program(world);
  program.run();
  CHECK(world.transport.sent.size() == 1);
  CHECK(SqliteReader::open(world.database())->counts().total == 1);
  CHECK(world.mailbox.marked == std::set<std::uint32_t>{1, 2});

  world.mailbox.uidvalidity = 8;  // the server numbers anew
  const LogPosition before = program.log->end();
  program.take_in();
  program.send();
  CHECK(world.transport.sent.size() == 1);
  CHECK(SqliteReader::open(world.database())->counts().total == 1);
  CHECK(before < program.log->end());  // seen again, and marked

  const LogPosition after = program.log->end();
  program.take_in();
  CHECK(program.log->end() == after);
}

TEST_CASE("a mail that kills its reader is set aside and the next one taken in") {
  World world;
  world.mailbox.add("from:eve@x.example\nsubject:NIPS Workshop Papers\npdf:POISON\n", in_time);
  world.mailbox.add(paper("ada@x.example", "%PDF one"), in_time);
  Program program(world);
  program.inspector.dies_on = "POISON";
  program.run();
  const Counts counts = SqliteReader::open(world.database())->counts();
  CHECK(counts.quarantined == 1);
  CHECK(counts.recorded == 1);
  CHECK(counts.total == 2);
  CHECK(world.transport.sent.size() == 1);
}

TEST_CASE("a connection that breaks within a mail keeps what came whole before") {
  World world;
  for (const char* who : {"ada@x.example", "eva@x.example", "ida@x.example"})
    world.mailbox.add(paper(who, std::string("%PDF of ") + who), in_time);
  world.mailbox.cut_in_uid = 2;
  Program program(world);
  program.start();
  CHECK_THROWS_AS(program.take_in(), Failure);
  CHECK(SqliteReader::open(world.database())->counts().total == 1);

  world.mailbox.cut_in_uid = 0;
  program.take_in();
  program.send();
  CHECK(SqliteReader::open(world.database())->counts().total == 3);
  CHECK(world.transport.sent.size() == 3);
}

TEST_CASE("an ask to stop within a mail keeps what came whole before, and is no trouble") {
  World world;
  for (const char* who : {"ada@x.example", "eva@x.example", "ida@x.example"})
    world.mailbox.add(paper(who, std::string("%PDF of ") + who), in_time);
  world.mailbox.cut_in_uid = 2;
  world.mailbox.cut_by_stop = true;
  Program program(world);
  program.start();
  const Taken taken = program.take_in();
  CHECK(taken.stopped);
  CHECK(taken.messages == 1);
  CHECK(world.watcher.warnings.empty());
  CHECK(SqliteReader::open(world.database())->counts().total == 1);

  world.mailbox.cut_in_uid = 0;
  CHECK_FALSE(program.take_in().stopped);
  CHECK(SqliteReader::open(world.database())->counts().total == 3);
}

TEST_CASE("flags that cannot be set lose nothing and are told") {
  World world;
  world.mailbox.add(question("eva@x.example", "why"), in_time);
  world.mailbox.marking_fails = true;
  Program program(world);
  program.run();
  CHECK(SqliteReader::open(world.database())->counts().recorded == 1);
  CHECK(world.transport.sent.size() == 1);
  REQUIRE_FALSE(world.watcher.warnings.empty());
  CHECK(world.watcher.warnings[0] == "cannot set flags");
  CHECK(program.store->unmarked("imap://fake", "INBOX", 7) == std::vector<std::uint32_t>{1});
}

TEST_CASE("automatic mail is recorded as what it is and never answered") {
  World world;
  world.mailbox.add(
      "from:ada@x.example\nsubject:Re: NIPS Workshop Questions\nauto:auto-replied\ntext:away\n",
      in_time);
  world.mailbox.add(paper("ada@x.example", "%PDF one") + "auto:auto-generated\n", in_time);
  Program program(world);
  program.run();
  const auto reader = SqliteReader::open(world.database());
  CHECK(reader->counts().ignored == 1);
  CHECK(reader->counts().recorded == 1);  // a paper is a paper, whoever sent it
  CHECK(reader->counts().suppressed == 1);
  CHECK(world.transport.sent.empty());
}

TEST_CASE("receipts: off writes none, hold keeps them") {
  for (const Receipts mode : {Receipts::off, Receipts::hold}) {
    World world;
    world.mailbox.add(paper("ada@x.example", "%PDF one"), in_time);
    Program program(world);
    program.start();
    program.intake.take_in(world.mailbox, mode);
    program.send();
    CHECK(world.transport.sent.empty());
    const Counts counts = SqliteReader::open(world.database())->counts();
    CHECK(counts.recorded == 1);
    CHECK(counts.held == (mode == Receipts::hold ? 1 : 0));
  }
}

TEST_CASE("stopping between two batches leaves the rest for the next run") {
  World world;
  for (int i = 0; i < 10; ++i)
    world.mailbox.add(question("a@x.example", "number " + std::to_string(i)), in_time);
  Program program(world);
  program.start();
  int asked = 0;
  program.intake.take_in(world.mailbox, Receipts::send, {.mails = 3, .bytes = 1 << 20},
                         [&] { return ++asked > 2; });
  CHECK(SqliteReader::open(world.database())->counts().total == 6);
  program.take_in();
  CHECK(SqliteReader::open(world.database())->counts().total == 10);
}

TEST_CASE("rules go into the log once, and a change of them goes in again") {
  World world;
  Program program(world);
  program.start();
  const LogPosition once = program.log->end();
  program.intake.use_rules({.path = "elsewhere.toml", .from = "desk", .toml = "fake", .templates = {}});
  CHECK(program.log->end() == once);
  program.intake.use_rules({.path = "rules.toml", .from = "desk", .toml = "changed", .templates = {}});
  CHECK(once < program.log->end());
}
