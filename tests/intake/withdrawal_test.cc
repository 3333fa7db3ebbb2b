// A paper taken back by mail: who may, what is asked first, and what a rebuilt database knows of it.
#include <doctest/doctest.h>

#include "intake/bench.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

const std::string ada = "ada@x.example";
const std::string receipt_subject = "Re: [P-1] Paper received, version 1 - NIPS Workshop Papers";

std::string mail(const std::string& from, const std::string& subject, const std::string& text,
                 const std::string& more = "") {
  static int number = 0;
  return "from:" + from + "\nid:w" + std::to_string(++number) + "\nsubject:" + subject +
         (text.empty() ? "" : "\ntext:" + text) + "\n" + more;
}

// Ada's paper is in and answered.
struct Desk {
  World world;
  std::size_t answered = 0;

  Desk() {
    world.mailbox.add(paper(ada, "%PDF one", "Sparse Things"), in_time - Seconds(86'400));
    Program(world).run();
    answered = world.transport.sent.size();
  }
  void come(const std::string& bytes) {
    world.mailbox.add(bytes, in_time);
    Program(world).run();
  }
  std::unique_ptr<SqliteReader> reader() const { return SqliteReader::open(world.database()); }
  MessageRow newest() const { return reader()->messages({}).back(); }
  std::string state() const { return reader()->papers({}).at(0).state; }
  // Of all that went out since: "KIND LABEL vN to TO".
  std::vector<std::string> answers() const {
    std::vector<std::string> all;
    for (std::size_t i = answered; i < world.transport.sent.size(); ++i)
      all.push_back(world.transport.sent[i].bytes);
    return all;
  }
  std::string token() const { return world.transport.sent.back().token; }
  std::string answering(const std::string& to_token) const {
    return "to-reply:" + to_token + "@workshop.example\n";
  }
  void ask() { come(mail(ada, "Withdraw P-1", "Please withdraw our paper.")); }
  void answer(const std::string& text, const std::string& from = ada, const std::string& more = "") {
    come(mail(from, "Re: [P-1] Is P-1 to be withdrawn? - NIPS Workshop Papers", text,
              answering(token()) + more));
  }
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("asked for, asked back, confirmed: withdrawn") {
  Desk desk;
  desk.ask();
  CHECK(desk.state() == "submitted");  // nothing has happened yet
  CHECK(desk.newest().fate == Fate::recorded);
  CHECK(desk.newest().submission == "P-1");
  CHECK(desk.newest().track == "papers");
  CHECK(desk.newest().reason == "asks to withdraw P-1: the sender is asked to confirm it");
  CHECK(desk.answers() == Texts{"confirm-withdrawal P-1 v0 to ada@x.example"});

  desk.answer("Yes.");
  CHECK(desk.state() == "withdrawn");
  CHECK(desk.newest().fate == Fate::recorded);
  CHECK(desk.newest().reason == "confirms that P-1 is to be withdrawn");
  CHECK(desk.answers() ==
        Texts{"confirm-withdrawal P-1 v0 to ada@x.example", "withdrawn P-1 v0 to ada@x.example"});

  const auto reader = desk.reader();
  CHECK(reader->counts().tracks.at(0).withdrawn == 1);
  CHECK(reader->counts().triage == 0);
  ListFilter withdrawn;
  withdrawn.state = "withdrawn";
  CHECK(reader->papers(withdrawn).size() == 1);
  std::string history;
  const ShownSubmission shown = reader->submission("P-1").value();
  for (const HistoryRow& row : shown.history)
    history += row.what + "\n";
  CHECK(history.find("M-3 received from ada@x.example: confirms that P-1 is to be withdrawn") !=
        std::string::npos);
  CHECK(shown.state == "withdrawn");
}

TEST_CASE("how a submission is meant") {
  struct Row {
    const char* what;
    std::string mail;
  };
  Desk first;
  const std::string receipt = "ref:" + first.world.transport.sent.front().token;
  const std::string papers_id = ada + "%PDF one";
  const Row rows[] = {
      {"the number in the subject", mail(ada, "[P-1] please withdraw", "Thank you.")},
      {"a reply to the receipt",
       mail(ada, receipt_subject, "Please withdraw our paper.", receipt + "@workshop.example\n")},
      {"our token, whatever else is left of the id",
       mail(ada, "Re: your mail", "Please withdraw it.", receipt + "@relay.example\n")},
      {"a reply to the own mail", mail(ada, "Re: NIPS Workshop Papers: Sparse Things",
                                       "We withdraw the paper.", "ref:" + papers_id + "\n")},
      {"another spelling of the address", mail("ADA@X.example", "Withdraw P-1", "")},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.what));
    Desk desk;
    desk.come(row.mail);
    REQUIRE(desk.answers().size() == 1);
    CHECK(desk.answers()[0].starts_with("confirm-withdrawal P-1 v0 to "));
    desk.answer("yes");
    CHECK(desk.state() == "withdrawn");
  }
}

TEST_CASE("what never withdraws") {
  struct Row {
    const char* what;
    std::string mail;  // TOKEN@ stands for the question's Message-ID
    Fate fate;
    std::string reason;
  };
  const std::string reply = "to-reply:TOKEN@workshop.example\n";
  const Row rows[] = {
      {"no answer at all, but the word once more", mail(ada, "yes", "yes"), Fate::triage, "no track"},
      {"an answer to another mail of ours",
       mail(ada, receipt_subject, "yes", "to-reply:FIRST@workshop.example\n"), Fate::triage,
       "a person writing to us"},
      {"a vacation note",
       mail(ada, "Automatic reply: Is P-1 to be withdrawn?", "yes", reply + "auto:auto-replied\n"),
       Fate::ignored, ""},
      {"another address", mail("eve@y.example", "Re: x", "yes", reply), Fate::triage,
       "eve@y.example is none of its addresses; if it is to be: papertray withdraw P-1"},
      {"no", mail(ada, "Re: x", "No, we keep it.", reply), Fate::triage, "with no: it stays"},
      {"do not", mail(ada, "Re: x", "Please do not withdraw it.", reply), Fate::triage,
       "with no: it stays"},
      {"neither", mail(ada, "Re: x", "What happens then?", reply), Fate::triage, "neither yes nor no"},
      {"nothing", mail(ada, "Re: x", "", reply), Fate::triage, "neither yes nor no"},
      {"our words, sent back", mail(ada, "Re: x", "> yes", reply), Fate::triage, "neither yes nor no"},
      {"further up on the thread",
       mail(ada, "Re: x", "yes",
            "to-reply:desk-2@x\nref:TOKEN@workshop.example\nref:a@x\nref:desk-2@x\n"),
       Fate::triage, ""},
      {"two senders", mail(ada, "Re: x", "yes", "from:eve@y.example\n" + reply), Fate::triage,
       "none of its addresses"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.what));
    Desk desk;
    const std::string first = desk.token();
    desk.ask();
    std::string bytes = row.mail;
    for (const auto& [name, token] :
         {std::pair<std::string, std::string>{"TOKEN", desk.token()}, {"FIRST", first}})
      if (const auto at = bytes.find(name + "@"); at != std::string::npos)
        bytes.replace(at, name.size(), token);
    desk.come(bytes);
    CHECK(desk.state() == "submitted");
    CHECK(desk.newest().fate == row.fate);
    CHECK(desk.newest().reason.find(row.reason) != std::string::npos);
    CHECK(desk.answers().size() == 1);  // the question, and nothing after it
  }
}

TEST_CASE("requests that a person decides, with the one command") {
  struct Row {
    const char* what;
    std::string mail, reason;
  };
  const Row rows[] = {
      {"somebody else", mail("eve@y.example", "Withdraw P-1", ""),
       "asks to withdraw P-1, but eve@y.example is none of its addresses; if it is to be: papertray "
       "withdraw P-1"},
      {"somebody else on the thread",
       mail("eve@y.example", "Re: x", "Please withdraw our paper.", "ref:" + ada + "%PDF one\n"),
       "papertray withdraw P-1"},
      {"which one?", mail(ada, "Withdraw our paper", "Thanks."),
       "the sender's only one is P-1: papertray withdraw P-1"},
      {"which one, under the papers' subject", mail(ada, "NIPS Workshop Papers: withdrawal", "Thanks."),
       "papertray withdraw P-1"},
      {"nobody knows him", mail("eve@y.example", "Withdraw our paper", ""),
       "nothing of eve@y.example is here"},
      {"he asks for no answer", mail(ada, "Withdraw P-1", "", "from:ida@x.example\n"),
       "none of its addresses"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.what));
    Desk desk;
    desk.come(row.mail);
    CHECK(desk.newest().fate == Fate::triage);
    CHECK(desk.newest().reason.find(row.reason) != std::string::npos);
    CHECK(desk.answers().empty());
    CHECK(desk.state() == "submitted");
  }
}

TEST_CASE(
    "a paper about withdrawal is a paper; a PDF beside a request is a version, and a person is told") {
  Desk desk;
  desk.come(paper("bob@x.example", "%PDF two", "Training Withdrawal Policies"));
  CHECK(desk.newest().submission == "P-2");
  CHECK(desk.answers() == Texts{"received P-2 v1 to bob@x.example"});
  CHECK(desk.reader()->counts().open_notes == 0);

  desk.come(mail(ada, receipt_subject, "Please withdraw our paper.", "pdf:%PDF letter\n"));
  CHECK(desk.newest().submission == "P-1");
  CHECK(desk.newest().fate == Fate::recorded);
  CHECK(desk.newest().open_notes ==
        Texts{"brings a PDF, but also asks to withdraw P-1; if that is meant: papertray withdraw P-1"});
  CHECK(desk.state() == "submitted");
}

TEST_CASE("asked twice: once a request, and each question can be answered") {
  Desk desk;
  const std::string request = mail(ada, "Withdraw P-1", "");
  desk.come(request);
  desk.come(request);  // the same bytes at another place
  CHECK(desk.answers().size() == 1);
  const std::string token = desk.token();
  desk.ask();
  CHECK(desk.answers().size() == 2);
  CHECK(desk.token() != token);
  desk.come(mail(ada, "Re: x", "yes", desk.answering(token)));  // the older question
  CHECK(desk.state() == "withdrawn");
  desk.ask();
  CHECK(desk.newest().reason == "asks to withdraw P-1, which is withdrawn");
  CHECK(desk.answers().back() == "withdrawn P-1 v0 to ada@x.example");
}

TEST_CASE("a question is withdrawn likewise, and its answers are no questions") {
  World world;
  world.mailbox.add(question(ada, "Why?"), in_time);
  Program(world).run();
  world.mailbox.add(
      mail(ada, "Re: [Q-1] Question received - NIPS Workshop Questions", "Please withdraw my question."),
      in_time);
  Program(world).run();
  CHECK(world.transport.sent.back().bytes == "confirm-withdrawal Q-1 v0 to ada@x.example");
  world.mailbox.add(
      mail(ada, "Re: [Q-1] Is Q-1 to be withdrawn? - NIPS Workshop Questions", "Yes, please.",
           "to-reply:" + world.transport.sent.back().token + "@workshop.example\n"),
      in_time);
  Program(world).run();
  const auto reader = SqliteReader::open(world.database());
  CHECK(reader->questions({}).size() == 1);
  CHECK(reader->submission("Q-1")->state == "withdrawn");
  // Under the questions' subject, about nothing that is here: a question as any other.
  world.mailbox.add(question("eve@y.example", "Withdraw our troops from the cluster of papers?"),
                    in_time);
  world.mailbox.add(question("eve@y.example", "Please withdraw it."), in_time);
  Program(world).run();
  CHECK(SqliteReader::open(world.database())->questions({}).size() == 3);
}

TEST_CASE("a PDF on the thread of a withdrawn paper is a new submission, and a person is told") {
  Desk desk;
  desk.ask();
  desk.answer("yes");
  desk.come(mail(ada, receipt_subject, "Here it is.", "pdf:%PDF two\n"));
  CHECK(desk.newest().submission == "P-2");
  CHECK(desk.newest().open_notes ==
        Texts{"seems to continue P-1, which was withdrawn; if it does: papertray merge P-2 --into P-1"});
  CHECK(desk.state() == "withdrawn");
  ListFilter triage;
  triage.fate = Fate::triage;
  triage.open_notes = true;
  CHECK(desk.reader()->messages(triage).size() == 1);
  CHECK(desk.reader()->counts().open_notes == 1);
}

TEST_CASE("an answer to a question that never went out is none") {
  World world;
  world.mailbox.add(paper(ada, "%PDF one"), in_time);
  Program program(world);
  program.run();
  world.mailbox.add(mail(ada, "Withdraw P-1", ""), in_time);
  program.intake.take_in(world.mailbox, Receipts::hold);
  const std::string token = SqliteReader::open(world.database())->counts().held == 1
                                ? dump_tables(world.database()).substr(0)
                                : "";
  const auto at = token.rfind("confirm-withdrawal");
  REQUIRE(at != std::string::npos);
  const auto mark = token.find("pt-", token.rfind('\n', at));
  world.mailbox.add(
      mail(ada, "Re: x", "yes", "to-reply:" + token.substr(mark, 27) + "@workshop.example\n"), in_time);
  program.take_in();
  const MessageRow newest = SqliteReader::open(world.database())->messages({}).back();
  CHECK(newest.fate == Fate::triage);
  CHECK(newest.reason.find("which was never sent") != std::string::npos);
}

TEST_CASE("without receipts nobody can be asked: a person decides") {
  World world;
  world.mailbox.add(paper(ada, "%PDF one"), in_time);
  Program program(world);
  program.run();
  world.mailbox.add(mail(ada, "Withdraw P-1", ""), in_time);
  program.intake.take_in(world.mailbox, Receipts::off);
  const MessageRow newest = SqliteReader::open(world.database())->messages({}).back();
  CHECK(newest.fate == Fate::triage);
  CHECK(newest.reason.find("papertray withdraw P-1") != std::string::npos);
}

TEST_CASE("a request in a spam folder does nothing; moved out of it, it is one") {
  Desk desk;
  const std::string request = mail(ada, "Withdraw P-1 - NIPS Workshop Papers", "");
  desk.world.mailbox.folder = "Junk";
  desk.world.mailbox.spam = true;
  desk.come(request);
  CHECK(desk.newest().fate == Fate::triage);
  CHECK(desk.newest().reason.starts_with("found in the spam folder"));
  CHECK(desk.newest().open_notes.empty());
  CHECK(desk.answers().empty());
  desk.world.mailbox.folder = "INBOX";
  desk.world.mailbox.spam = false;
  desk.come(request);
  CHECK(desk.newest().fate == Fate::recorded);
  CHECK(desk.answers() == Texts{"confirm-withdrawal P-1 v0 to ada@x.example"});
}

TEST_CASE("a database made anew knows of the withdrawals, table by table") {
  Desk desk;
  desk.ask();
  desk.answer("no");
  desk.come(mail("eve@y.example", "Withdraw P-1", ""));
  desk.ask();
  desk.answer("yes");
  desk.come(mail(ada, receipt_subject, "New one.", "pdf:%PDF two\n"));
  desk.come(paper("bob@x.example", "%PDF three", "Sparse Things"));
  const std::string anew = desk.world.dir.path() + "/anew.db";
  const std::size_t sent = desk.world.transport.sent.size();
  {
    Program program(desk.world, anew);
    program.intake.recover();
    program.outbox.settle_interrupted();
    program.send();
  }
  CHECK(desk.state() == "withdrawn");
  CHECK(first_difference(desk.world.database(), anew) == "");
  CHECK(desk.world.transport.sent.size() == sent);
}
