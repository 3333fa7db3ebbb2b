// A receipt that comes back: the row, the submission, the person who is told; and a rebuilt database
// that knows the same.
#include <doctest/doctest.h>

#include "intake/bench.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

std::string bounce(const std::string& token, const std::string& number,
                   const std::string& action = "failed", const std::string& of = "ada@x.example") {
  return "from:mailer-daemon@mx.example\nid:" + number + "\nsubject:Undelivered\nbounce:" + token + " " +
         action + " " + of + "\n";
}

// A paper was taken in and answered; then `mails` came.
struct Desk {
  World world;
  std::string token;

  explicit Desk(bool answered = true) {
    world.mailbox.add(paper("ada@x.example", "%PDF one", "Sparse Things"), in_time);
    Program program(world);
    program.start();
    program.take_in();
    if (answered) program.send();
    token = program.store->due(world.clock.now(), 10).empty() && !world.transport.sent.empty()
                ? world.transport.sent.front().token
                : program.store->due(world.clock.now(), 10).at(0).token;
  }
  void come(const std::string& mail) {
    world.mailbox.add(mail, in_time + Seconds(600));
    Program(world).run();
  }
  std::unique_ptr<SqliteReader> reader() const { return SqliteReader::open(world.database()); }
  OutboxListRow row() const { return reader()->outbox({}).at(0); }
  std::vector<std::string> notes() const { return reader()->message("M-1")->row.notes; }
  MessageRow message(const std::string& id) const { return reader()->message(id)->row; }
  std::string history() const {
    std::string all;
    const ShownSubmission shown = reader()->submission("P-1").value();
    for (const HistoryRow& row : shown.history)
      all += row.what + "\n";
    return all;
  }
};

}  // namespace

TEST_CASE("a bounce of a receipt: the row failed, the submission shows it, a person is told once") {
  Desk desk;
  const std::string before = desk.history();
  desk.come(bounce(desk.token, "1"));
  CHECK(desk.row().state == OutboxState::failed);
  CHECK(desk.row().reason == "bounced: 550 5.1.1 gone (M-2)");
  CHECK(desk.row().attempts == 1);
  CHECK(desk.message("M-2").fate == Fate::ignored);
  CHECK(desk.message("M-2").reason ==
        "a bounce of our receipt to ada@x.example for P-1: 550 5.1.1 gone");
  CHECK(desk.notes() ==
        std::vector<std::string>{"our receipt to ada@x.example for P-1 bounced: 550 5.1.1 gone"});
  CHECK(desk.history().find("receipt 'received' bounced: 550 5.1.1 gone (M-2)") != std::string::npos);
  const Counts counts = desk.reader()->counts();
  CHECK(counts.failed == 1);
  CHECK(counts.sent == 0);
  CHECK(counts.ignored == 1);
  ListFilter problems;
  problems.problems = true;
  CHECK(desk.reader()->outbox(problems).size() == 1);

  const std::string after = desk.history();
  desk.come(bounce(desk.token, "2"));
  CHECK(desk.message("M-3").reason ==
        "another bounce of our receipt to ada@x.example for P-1, which failed before");
  CHECK(desk.row().reason == "bounced: 550 5.1.1 gone (M-2)");
  CHECK(desk.notes().size() == 1);
  CHECK(desk.history() == after);
  CHECK(desk.world.transport.sent.size() == 1);  // nothing is ever sent again because of it
}

TEST_CASE("what is no failure changes no row") {
  struct Row {
    const char* action;
    std::string of, reason;
    std::size_t notes;
    Fate fate;
  };
  const Row rows[] = {
      {"delayed", "ada@x.example", "is delayed on its way", 1, Fate::ignored},
      {"delivered", "ada@x.example", "arrived or went on", 0, Fate::ignored},
      {"failed", "eve@y.example", "speaks of eve@y.example", 0, Fate::triage},
  };
  for (const Row& row : rows) {
    CAPTURE(row.action);
    Desk desk;
    desk.come(bounce(desk.token, "1", row.action, row.of));
    desk.come(bounce(desk.token, "2", row.action, row.of));
    CHECK(desk.row().state == OutboxState::sent);
    CHECK(desk.message("M-3").fate == row.fate);
    CHECK(desk.message("M-3").reason.find(row.reason) != std::string::npos);
    CHECK(desk.notes().size() == row.notes);
    CHECK(desk.world.transport.sent.size() == 1);
  }
}

TEST_CASE("a bounce of nothing of ours, and of what was never sent") {
  Desk desk(false);
  desk.world.mailbox.add(bounce(desk.token, "1"), in_time);
  desk.world.mailbox.add(bounce("pt-" + std::string(24, '0'), "2"), in_time);
  Program program(desk.world);
  program.start();
  program.take_in();
  CHECK(desk.row().state == OutboxState::queued);
  CHECK(desk.message("M-2").reason.find("never sent") != std::string::npos);
  CHECK(desk.message("M-3").reason.find("not in our outbox") != std::string::npos);
  CHECK(desk.notes().empty());
  program.send();
  CHECK(desk.row().state == OutboxState::sent);
}

TEST_CASE("a receipt of unknown outcome that bounces is not sent once more") {
  Desk desk(false);
  {
    Program program(desk.world);
    program.start();
    desk.world.transport.answers = {{.delivery = Delivery::ambiguous, .code = 0, .text = "no answer"}};
    program.send();
  }
  CHECK(desk.row().state == OutboxState::unknown);
  desk.world.clock.at += Seconds(3600);
  desk.world.mailbox.add(bounce(desk.token, "1"), in_time);
  Program(desk.world).run();
  CHECK(desk.row().state == OutboxState::failed);
  desk.world.clock.at += Seconds(86'400);
  Program(desk.world).run();
  CHECK(desk.world.transport.sent.size() == 1);
}

TEST_CASE("a database made anew knows of the bounces, table by table") {
  Desk desk;
  desk.come(bounce(desk.token, "1", "delayed"));
  desk.come(question("eva@x.example", "why"));
  desk.come(bounce(desk.token, "2"));
  desk.come(bounce(desk.token, "3"));
  desk.come(bounce("pt-" + std::string(24, '0'), "4"));
  const std::string anew = desk.world.dir.path() + "/anew.db";
  const std::size_t sent = desk.world.transport.sent.size();
  {
    Program program(desk.world, anew);
    program.intake.recover();
    program.outbox.settle_interrupted();
    program.send();
  }
  CHECK(first_difference(desk.world.database(), anew) == "");
  CHECK(desk.world.transport.sent.size() == sent);
}
