// What belongs to an earlier submission, what may belong to one, and that a person sees it with the
// command.
#include <doctest/doctest.h>

#include "intake/bench.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

const std::string ada = "ada@x.example";
const std::string title = "Sparse Gradient Descent";

std::string mail(const std::string& from, const std::string& subject, const std::string& pdf,
                 const std::string& more = "") {
  return "from:" + from + "\nid:" + from + pdf + subject + "\nsubject:" + subject + "\npdf:" + pdf +
         "\n" + more;
}

}  // namespace

TEST_CASE("what comes after P-1: a version, the same again, or a new one with a note") {
  struct Row {
    const char* what;
    std::string mail;
    std::string receipt;
    std::string note;  // of the newest message, that a person settles
  };
  const std::string bob = "bob@y.example";
  const std::string papers = "NIPS Workshop Papers";
  const std::string id = ada + "%PDF one";
  const std::string replaced = "replaced P-1 v2 to ada@x.example";
  const std::string merge = ": papertray merge P-2 --into P-1";
  const Row rows[] = {
      {"In-Reply-To our receipt", mail(ada, papers, "%PDF two", "to-reply:TOKEN@workshop.example\n"),
       replaced, ""},
      {"References with the own mail",
       mail(ada, papers + ": Other", "%PDF two", "ref:x@y\nref:" + id + "\n"), replaced, ""},
      {"our token, the rest rewritten",
       mail(ada, papers + ": Other", "%PDF two", "ref:TOKEN@relay.example\n"), replaced, ""},
      {"[P-1] in the subject", mail(ada, "Re: [P-1] " + papers, "%PDF two"), replaced, ""},
      {"the same title", mail(ada, papers + ": " + title, "%PDF two"), replaced, ""},
      {"the same title, as people write it",
       mail(ada, papers + " - \"sparse gradient-descent\" (final version)", "%PDF two"), replaced, ""},
      {"the same file", mail(ada, papers + ": Quite Another Thing", "%PDF one"),
       "duplicate P-1 v1 to ada@x.example", ""},
      {"another address on the thread", mail(bob, papers, "%PDF two", "ref:TOKEN@workshop.example\n"),
       "received P-2 v1 to bob@y.example",
       "on the thread of P-1, from an address that has sent no version of it; if it is one" + merge},
      {"another address with the number", mail(bob, "[P-1] " + papers, "%PDF two"),
       "received P-2 v1 to bob@y.example",
       "on the thread of P-1, from an address that has sent no version of it; if it is one" + merge},
      {"another address, the same file", mail(bob, papers, "%PDF one"),
       "received P-2 v1 to bob@y.example",
       "the same file as P-1 from another address; if it is the same paper" + merge},
      {"another address, the same title", mail(bob, papers + ": " + title, "%PDF two"),
       "received P-2 v1 to bob@y.example",
       "the same title as P-1 from another address; if it is the same paper" + merge},
      {"another address, a similar title", mail(bob, papers + ": Sparse Gradeint Descent", "%PDF two"),
       "received P-2 v1 to bob@y.example",
       "a title similar to that of P-1 from another address; if it is the same paper" + merge},
      {"a similar title", mail(ada, papers + ": Sparse Gradient Descent for Everybody", "%PDF two"),
       "received P-2 v1 to ada@x.example",
       "a title similar to that of P-1 of the same sender; if it is a version of it" + merge},
      {"no title", mail(ada, papers, "%PDF two"), "received P-2 v1 to ada@x.example",
       "by the author of P-1, and the titles do not tell; if it is a version of it" + merge},
      {"another paper of the same sender", mail(ada, papers + ": Wide Networks", "%PDF two"),
       "received P-2 v1 to ada@x.example", ""},
      {"another paper of another sender", mail(bob, papers + ": Wide Networks", "%PDF two"),
       "received P-2 v1 to bob@y.example", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.what));
    World world;
    world.mailbox.add(paper(ada, "%PDF one", title), in_time - Seconds(60));
    Program(world).run();
    std::string bytes = row.mail;
    if (const auto at = bytes.find("TOKEN@"); at != std::string::npos)
      bytes.replace(at, 5, world.transport.sent.front().token);
    world.mailbox.add(bytes, in_time);
    Program(world).run();
    CHECK(world.transport.sent.back().bytes == row.receipt);

    const auto reader = SqliteReader::open(world.database());
    ListFilter triage;
    triage.fate = Fate::triage;
    triage.open_notes = true;
    const std::vector<MessageRow> waiting = reader->messages(triage);
    const std::vector<std::string> notes =
        waiting.empty() ? std::vector<std::string>{} : waiting[0].open_notes;
    CHECK(notes == (row.note.empty() ? std::vector<std::string>{} : std::vector<std::string>{row.note}));
    CHECK(reader->counts().open_notes == (row.note.empty() ? 0 : 1));
    CHECK(reader->counts().triage == 0);  // the fate is clear
    if (!row.note.empty()) CHECK(reader->submission("P-2")->messages.at(0).open_notes == notes);

    const std::string anew = world.dir.path() + "/anew.db";
    Program(world, anew).intake.recover();
    CHECK(first_difference(world.database(), anew) == "");
  }
}

TEST_CASE("a version after the deadline is late and does not replace the one in time") {
  World world;
  world.mailbox.add(paper(ada, "%PDF one", title), in_time);
  world.mailbox.add(paper(ada, "%PDF two", title), too_late);
  Program(world).run();
  CHECK(world.transport.sent.back().bytes == "late P-1 v2 to ada@x.example, v1 counts");
  const auto papers = SqliteReader::open(world.database())->papers({});
  REQUIRE(papers.size() == 1);
  CHECK(papers[0].counting == 1);
  CHECK(papers[0].versions == 2);
  CHECK(papers[0].on_time);
}

TEST_CASE("a title in the crowd of a thousand is found by its words") {
  World world;
  for (int i = 0; i < 1000; ++i)
    world.mailbox.add(paper("a" + std::to_string(i) + "@x.example", "%PDF " + std::to_string(i),
                            "Title Number" + std::string(1, static_cast<char>('a' + i % 26)) +
                                " of Paper" + std::to_string(i)),
                      in_time);
  world.mailbox.add(paper(ada, "%PDF mine", "Sparse Gradient Descent on Many Machines"), in_time);
  for (int i = 0; i < 100; ++i)
    world.mailbox.add(
        paper("b" + std::to_string(i) + "@x.example", "%PDF b" + std::to_string(i),
              "Sparse Gradient Thing" + std::to_string(i) + " for Task" + std::to_string(i)),
        in_time);
  world.mailbox.add(paper("bob@y.example", "%PDF other", "Sparse Gradient Descent for Many Machines"),
                    in_time);
  Program(world).run();
  const std::vector<MessageRow> all = SqliteReader::open(world.database())->messages({});
  REQUIRE(all.back().open_notes.size() == 1);
  CHECK(all.back().open_notes[0].find("merge P-1102 --into P-1001") != std::string::npos);
}
