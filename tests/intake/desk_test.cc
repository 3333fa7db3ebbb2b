// What people decide, as it goes through the log: done, told, taken back, and the same in a database
// made anew.
#include <doctest/doctest.h>

#include "intake/bench.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

struct Desktop : World {
  Program program{*this};

  void obey(decltype(Event::what) what, const std::string& actor = "carla") {
    clock.at += Seconds(10);
    program.intake.obey({clock.now(), actor, std::move(what)});
    check_anew();
  }
  void act(Act one, const std::string& actor = "carla") {
    const std::string command = std::string(act_name(one.kind)) + " " + one.id;
    obey(Acted{.acts = {std::move(one)}, .command = command}, actor);
  }
  void undo(const std::string& actor = "carla") {
    obey(Undone{.order = reader()->last_order(actor).value().order}, actor);
  }
  std::unique_ptr<SqliteReader> reader() const { return SqliteReader::open(database()); }
  void check_anew() {
    const std::string anew = dir.path() + "/anew.db";
    std::filesystem::remove(anew);
    {
      Program other(*this, anew);
      other.intake.recover();
    }
    CHECK(first_difference(database(), anew) == "");
  }
  std::string sha_of(const std::string& id) const { return reader()->message(id).value().row.sha256; }
};

Act an(ActKind kind, const std::string& id, const std::string& into = "", const std::string& note = "") {
  return {.kind = kind, .id = id, .into = into, .panel = 0, .note = note};
}

Routed route(const std::string& sha256, const std::string& into = "",
             Receipts receipts = Receipts::send) {
  return {.sha256 = sha256,
          .track = "papers",
          .into = into,
          .receipts = receipts,
          .note = "",
          .command = "route a mail"};
}

std::string lone(const std::string& text) {
  return "from:eve@x.example\nid:" + text + "\nsubject:Our work\npdf:" + text + "\n";
}

}  // namespace

TEST_CASE("a state is decided, told and taken back") {
  Desktop desk;
  desk.mailbox.add(paper("ada@x.example", "%PDF one", "One"), in_time);
  desk.program.run();
  desk.act(an(ActKind::accept, "P-1", "", "good"));
  CHECK(desk.reader()->submission("P-1")->state == "accepted");
  desk.act(an(ActKind::reject, "p-1"), "dora");
  CHECK(desk.reader()->last_order("carla")->later == "dora's `reject p-1`");
  CHECK(desk.reader()->last_order("dora")->later == "");
  desk.undo("dora");
  CHECK(desk.reader()->submission("P-1")->state == "accepted");
  CHECK_FALSE(desk.reader()->last_order("dora"));
  desk.undo();
  CHECK(desk.reader()->submission("P-1")->state == "submitted");
  std::string told;
  const ShownSubmission shown = desk.reader()->submission("P-1").value();
  for (const HistoryRow& row : shown.history)
    told += row.what + "\n";
  CHECK(told.find("accepted by carla: good\n") != std::string::npos);
  CHECK(told.find("taken back by carla: accepted by carla") != std::string::npos);
}

TEST_CASE("a withdrawn submission that goes on in another's versions is there again, and back") {
  Desktop desk;
  desk.mailbox.add(paper("ada@x.example", "%PDF one", "One"), in_time);
  desk.mailbox.add(paper("bob@x.example", "%PDF two", "Two"), too_late);
  desk.program.run();
  desk.act(an(ActKind::withdraw, "P-1"));
  desk.act(an(ActKind::excuse, "P-2"));
  desk.act(an(ActKind::merge, "P-2", "P-1"));
  const ShownSubmission one = desk.reader()->submission("P-1").value();
  CHECK(one.state == "submitted");
  REQUIRE(one.versions.size() == 2);
  CHECK(one.versions[1].counts);  // excused, so it is on time, and the newest
  CHECK(one.versions[1].merged_from == "P-2");
  CHECK(desk.reader()->submission("P-2")->merged_into == "P-1");
  CHECK(desk.reader()->counts().tracks.at(0).submissions == 1);
  desk.undo();
  CHECK(desk.reader()->submission("P-1")->state == "withdrawn");
  CHECK(desk.reader()->submission("P-2")->versions.at(0).on_time);
  desk.undo();
  CHECK_FALSE(desk.reader()->submission("P-2")->versions.at(0).on_time);
  desk.undo();
  CHECK(desk.reader()->submission("P-1")->state == "submitted");
}

TEST_CASE("a merged one's merges come along, and go back to it") {
  Desktop desk;
  for (const std::string name : {"a", "b", "c"})
    desk.mailbox.add(paper(name + "@x.example", "%PDF " + name, "Title " + name + name + name), in_time);
  desk.program.run();
  desk.act(an(ActKind::merge, "P-3", "P-2"));
  desk.act(an(ActKind::merge, "P-2", "P-1"));
  CHECK(desk.reader()->submission("P-1")->versions.size() == 3);
  CHECK(desk.reader()->submission("P-1")->versions[2].merged_from == "P-3");
  // Who names the one that is gone for long means the one that has it.
  desk.mailbox.add("from:c@x.example\nid:again\nsubject:[P-3] NIPS Workshop Papers\npdf:%PDF cc\n",
                   in_time);
  desk.program.take_in();
  CHECK(desk.reader()->submission("P-1")->versions.size() == 4);
  desk.undo();
  CHECK(desk.reader()->submission("P-2")->versions.size() == 2);
  desk.undo();
  CHECK(desk.reader()->submission("P-3")->versions.size() == 1);
  CHECK(desk.reader()->submission("P-1")->versions.size() == 2);
}

TEST_CASE("what the machine left becomes a submission, with a receipt, by its own clock") {
  Desktop desk;
  desk.mailbox.add(lone("%PDF odd"), too_late);
  desk.mailbox.add(paper("ada@x.example", "%PDF one", "One"), in_time);
  desk.program.run();
  const std::size_t sent = desk.transport.sent.size();
  desk.obey(route(desk.sha_of("M-1")));
  const ShownSubmission shown = desk.reader()->submission("P-2").value();
  CHECK(shown.submitter == "eve@x.example");
  CHECK(shown.versions.at(0).received == too_late);
  CHECK_FALSE(shown.versions.at(0).on_time);
  CHECK(desk.reader()->message("M-1")->row.fate == Fate::recorded);
  CHECK(desk.reader()->message("M-1")->row.reason.starts_with("taken as papers by carla"));
  CHECK(desk.shelf.papers.contains("P-002_v1"));
  CHECK(desk.reader()->last_order("carla")->routed.empty());  // its author knows nothing yet
  desk.program.send();
  CHECK(desk.transport.sent.size() == sent + 1);
  CHECK(desk.reader()->last_order("carla")->routed == "M-1 was taken as P-2");
  desk.check_anew();
}

TEST_CASE("a version by a person's word, without a receipt; and one that cannot be read as that") {
  Desktop desk;
  desk.mailbox.add(lone("%PDF odd"), in_time);
  desk.mailbox.add(paper("ada@x.example", "%PDF one", "One"), in_time);
  desk.mailbox.add("from:bob@x.example\nid:hi\nsubject:Hello\ntext:hello\n", in_time);
  desk.program.run();
  const std::size_t rows = desk.reader()->outbox({}).size();
  desk.obey(route(desk.sha_of("M-1"), "P-1", Receipts::off));
  CHECK(desk.reader()->submission("P-1")->versions.size() == 2);
  CHECK(desk.reader()->outbox({}).size() == rows);
  // The command asks before; a log may say it all the same.
  desk.obey(route(desk.sha_of("M-3")));
  CHECK(desk.reader()->message("M-3")->row.fate == Fate::triage);
  CHECK(desk.reader()->message("M-3")->row.notes.size() == 1);
}

TEST_CASE("a spam folder's mail that was dismissed stays so when somebody moves it") {
  Desktop desk;
  FakeMailbox junk;
  junk.folder = "Junk";
  junk.spam = true;
  junk.add(paper("ada@x.example", "%PDF one", "One"), in_time);
  desk.program.start();
  desk.program.intake.take_in(junk, Receipts::send);
  desk.act(an(ActKind::dismiss, "M-1", "", "spam indeed"));
  CHECK(desk.reader()->message("M-1")->row.fate == Fate::ignored);
  desk.mailbox.add(paper("ada@x.example", "%PDF one", "One"), in_time);
  desk.program.take_in();
  CHECK(desk.reader()->message("M-1")->row.reason == "dismissed by carla: spam indeed");
  CHECK_FALSE(desk.reader()->submission("P-1"));
  desk.check_anew();
}

TEST_CASE("open notes are settled by their command, and wait again when it is taken back") {
  Desktop desk;
  desk.mailbox.add(paper("ada@x.example", "%PDF one", "Sparse Things"), in_time);
  desk.mailbox.add(paper("ada@home.example", "%PDF two", "Sparse Things"), in_time);
  desk.program.run();
  REQUIRE(desk.reader()->counts().open_notes == 1);
  desk.act(an(ActKind::merge, "P-2", "P-1"));
  CHECK(desk.reader()->counts().open_notes == 0);
  desk.undo();
  CHECK(desk.reader()->counts().open_notes == 1);
  desk.act(an(ActKind::dismiss, "M-2"));
  CHECK(desk.reader()->counts().open_notes == 0);
  CHECK(desk.reader()->message("M-2")->row.fate == Fate::recorded);
  desk.undo();
  CHECK(desk.reader()->counts().open_notes == 1);
}
