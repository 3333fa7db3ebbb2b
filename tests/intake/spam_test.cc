// Mail found in a spam folder: what becomes of it, and what when somebody moves it to the inbox.
#include <doctest/doctest.h>

#include "intake/bench.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

// A world with a second folder.
struct TwoFolders : World {
  FakeMailbox junk;
  TwoFolders() {
    junk.folder = "Junk";
    junk.spam = true;
  }
};

const std::string a_paper = paper("ada@x.example", "%PDF one", "Sparse Things");
const std::string an_offer = "from:buy@x.example\nid:offer\nsubject:Cheap watches\ntext:buy\n";

// What a person sees of each message, and what was written to whom.
std::string told(const World& world) {
  const auto reader = SqliteReader::open(world.database());
  std::string text;
  for (const MessageRow& row : reader->messages({})) {
    text += row.id + " " + std::string(fate_name(row.fate)) + " " + row.submission + " " + row.reason;
    for (const std::string& note : row.notes)
      text += " (" + note + ")";
    text += "\n";
  }
  for (const OutboxListRow& row : reader->outbox({}))
    text += row.kind + " to " + row.to + "\n";
  return text;
}

void check_anew(World& world) {
  const std::string anew = world.dir.path() + "/anew.db";
  {
    Program program(world, anew);
    program.intake.recover();
  }
  CHECK(first_difference(world.database(), anew) == "");
}

const std::string waits =
    "M-1 triage  found in the spam folder `Junk`: subject `NIPS Workshop Papers`, with a PDF\n";
const std::string taken =
    "M-1 recorded P-1 subject `NIPS Workshop Papers`, with a PDF; a new submission"
    " (was in the spam folder `Junk` at first, until somebody moved it)\nreceived to ada@x.example\n";

}  // namespace

TEST_CASE("a spam folder's mail gets a fate, but no number, no answer, no paper and no mark") {
  TwoFolders world;
  world.junk.add(a_paper, in_time);
  world.junk.add(an_offer, in_time);
  world.junk.add("from:eva@x.example\nid:near\nsubject:NIPS Workshop Paper\ntext:here\n", in_time);
  Program program(world);
  program.start();
  program.intake.take_in(world.junk, Receipts::send);
  program.send();
  CHECK(told(world) ==
        waits +
            std::string("M-2 ignored  found in the spam folder `Junk`: the subject matches no track\n"
                        "M-3 triage  found in the spam folder `Junk`: the subject is near `NIPS "
                        "Workshop Papers`, but no PDF came with it\n"));
  CHECK(world.shelf.papers.empty());
  CHECK(world.transport.sent.empty());
  CHECK(world.junk.marked.empty());
  int spam = 0;
  program.log->read_from({}, [&](const LogEntry& entry) {
    if (const auto* logged = std::get_if<LoggedMail>(&entry.what)) {
      ++spam;
      CHECK(logged->facts.spam);
      CHECK(logged->facts.receipts == Receipts::off);  // whatever is made of it later
    }
    return true;
  });
  CHECK(spam == 3);
  // Nothing is left to be done there.
  CHECK(program.intake.take_in(world.junk, Receipts::send).places == 0);
  CHECK(world.junk.marked.empty());
  check_anew(world);
}

TEST_CASE("moved to the inbox by somebody, it is decided as any other") {
  for (const bool at_once : {false, true}) {
    CAPTURE(at_once);
    TwoFolders world;
    world.junk.add(an_offer, in_time);
    world.junk.add(a_paper, in_time);
    Program program(world);
    program.start();
    program.intake.take_in(world.junk, Receipts::send);
    world.clock.at += Seconds(3600);
    world.mailbox.add(a_paper, in_time);
    if (at_once) world.mailbox.add(an_offer, in_time);
    const Taken taken_in = program.take_in();
    CHECK(taken_in.messages == (at_once ? 2 : 1));
    program.send();
    const auto reader = SqliteReader::open(world.database());
    const auto row = reader->message("M-2").value().row;
    CHECK(row.fate == Fate::recorded);
    CHECK(row.submission == "P-1");
    CHECK(row.notes ==
          std::vector<std::string>{"was in the spam folder `Junk` at first, until somebody moved it"});
    REQUIRE(world.transport.sent.size() == 1);
    CHECK(world.transport.sent[0].bytes == "received P-1 v1 to ada@x.example");
    CHECK(world.shelf.papers.at("P-001_v1") == "%PDF one");
    CHECK(world.mailbox.marked ==
          std::set<std::uint32_t>(at_once ? std::set<std::uint32_t>{1, 2} : std::set<std::uint32_t>{1}));
    CHECK(world.junk.marked.empty());
    const auto offer = reader->message("M-1").value().row;
    CHECK(offer.fate == (at_once ? Fate::triage : Fate::ignored));
    CHECK(offer.reason == (at_once ? "the subject matches no track"
                                   : "found in the spam folder `Junk`: the subject matches no track"));
    check_anew(world);

    // Only once: a third place, and the first one again, tell nothing new.
    world.mailbox.uidvalidity = 8;
    world.junk.uidvalidity = 9;
    CHECK(program.take_in().messages == 0);
    CHECK(program.intake.take_in(world.junk, Receipts::send).messages == 0);
    program.send();
    CHECK(world.transport.sent.size() == 1);
    check_anew(world);
  }
}

TEST_CASE("what was received in time stays so, however late somebody moves it") {
  TwoFolders world;
  world.junk.add(a_paper, in_time);
  Program program(world);
  program.start();
  program.intake.take_in(world.junk, Receipts::send);
  world.clock.at += Seconds(86'400);
  world.mailbox.add(a_paper, too_late);  // a client that gives the copy a new INTERNALDATE
  program.take_in();
  const PaperRow row = SqliteReader::open(world.database())->papers({}).at(0);
  CHECK(row.on_time);
  CHECK(row.received == in_time);
  check_anew(world);
}

TEST_CASE("seen in the inbox first, a copy in the spam folder is one more place of it") {
  TwoFolders world;
  world.mailbox.add(a_paper, in_time);
  world.junk.add(a_paper, in_time);
  Program program(world);
  program.run();
  const std::string before = told(world);
  CHECK(before ==
        "M-1 recorded P-1 subject `NIPS Workshop Papers`, with a PDF; a new submission\nreceived to "
        "ada@x.example\n");
  CHECK(program.intake.take_in(world.junk, Receipts::send).places == 1);
  CHECK(told(world) == before);
  CHECK(SqliteReader::open(world.database())->message("M-1")->places.size() == 2);
  CHECK(world.junk.marked.empty());
  check_anew(world);
}

TEST_CASE("applied after a kill all at once, it comes out the same") {
  // A spam copy and its move in one stretch of the log: no batch's end lies between them.
  TwoFolders world;
  world.junk.add(a_paper, in_time);
  world.junk.add(an_offer, in_time);
  world.mailbox.add(a_paper, in_time);
  world.mailbox.add(a_paper, in_time);
  Program program(world);
  program.start();
  program.intake.take_in(world.junk, Receipts::send);
  program.take_in();
  const std::string offer =
      "M-2 ignored  found in the spam folder `Junk`: the subject matches no track\n";
  std::string expected = taken;
  expected.insert(expected.find("received to"), offer);
  CHECK(told(world) == expected);
  check_anew(world);
}

TEST_CASE("moved, but taken in without receipts: recorded, and nobody is answered") {
  TwoFolders world;
  world.junk.add(a_paper, in_time);
  world.mailbox.add(a_paper, in_time);
  Program program(world);
  program.start();
  program.intake.take_in(world.junk, Receipts::send);
  program.intake.take_in(world.mailbox, Receipts::off);
  program.send();
  CHECK(SqliteReader::open(world.database())->papers({}).size() == 1);
  CHECK(world.transport.sent.empty());
  check_anew(world);
}

TEST_CASE("killed between the move and its record, the next start decides it") {
  TwoFolders world;
  world.junk.add(a_paper, in_time);
  world.mailbox.add(a_paper, in_time);
  {
    Program program(world);
    program.start();
    program.intake.take_in(world.junk, Receipts::send);
    program.receipts.before = [] { throw std::runtime_error("killed"); };
    CHECK_THROWS(program.take_in());
    CHECK(told(world) == waits);
  }
  Program program(world);
  program.run();
  CHECK(told(world) == taken);
  CHECK(world.transport.sent.size() == 1);
  check_anew(world);
}
