// Which submissions a new mail is compared with.
#include <algorithm>

#include "store/workshop.h"

using namespace papertray;
using namespace papertray::test;

namespace {

std::vector<int> numbers(const std::vector<Candidate>& candidates) {
  std::vector<int> found;
  for (const Candidate& candidate : candidates)
    found.push_back(candidate.number);
  return found;
}

std::vector<Candidate> search(Workshop& workshop, const Incoming& incoming,
                              const std::string& track = "papers") {
  std::vector<Candidate> found;
  workshop.batch([&](StoreBatch& batch) { found = batch.candidates(track, incoming); });
  return found;
}

Incoming nothing() {
  Incoming incoming;
  incoming.prefix = "P";
  return incoming;
}

using Numbers = std::vector<int>;

}  // namespace

TEST_CASE("each clue finds its submission, and only in its track") {
  Workshop workshop;
  workshop.paper(1, "ann@example.org");
  const std::int64_t second = workshop.paper(2, "bob@example.org");
  workshop.paper(3, "cem@example.org");
  workshop.question(4, "bob@example.org", "Why?");
  workshop.version(second, 5, "dan@example.org", Seconds(10));
  workshop.batch([&](StoreBatch& batch) {
    OutboxRecord receipt;
    receipt.token = "pt-1";
    receipt.kind = "received";
    receipt.message_id = "receipt-1@desk.example.org";
    receipt.submission = second;
    batch.add_outbox(receipt);
  });

  Incoming incoming = nothing();
  CHECK(search(workshop, incoming).empty());
  SUBCASE("sender") {
    incoming.sender = "bob@example.org";
    CHECK(numbers(search(workshop, incoming)) == Numbers{2});
    CHECK(search(workshop, incoming, "questions").size() == 1);
    CHECK(search(workshop, incoming, "posters").empty());
  }
  SUBCASE("sender of a later version") {
    incoming.sender = "dan@example.org";
    CHECK(numbers(search(workshop, incoming)) == Numbers{2});
  }
  SUBCASE("sender, spelled otherwise") {
    incoming.sender = "Bob@example.org";
    CHECK(numbers(search(workshop, incoming)) == Numbers{2});
  }
  SUBCASE("bytes") {
    incoming.sha256 = sha(1003);
    CHECK(numbers(search(workshop, incoming)) == Numbers{3});
    CHECK(search(workshop, incoming, "questions").empty());
  }
  SUBCASE("the mail it answers") {
    incoming.in_reply_to = {"mail-5@example.org"};
    CHECK(numbers(search(workshop, incoming)) == Numbers{2});
  }
  SUBCASE("our receipt among the references") {
    incoming.references = {"elsewhere@example.org", "receipt-1@desk.example.org"};
    CHECK(numbers(search(workshop, incoming)) == Numbers{2});
  }
  SUBCASE("our token, though a server changed the rest of the Message-ID") {
    workshop.batch([&](StoreBatch& batch) {
      OutboxRecord receipt;
      receipt.token = "pt-0123456789abcdef01234567";
      receipt.message_id = receipt.token + "@desk.example.org";
      receipt.submission = second;
      batch.add_outbox(receipt);
    });
    incoming.references = {"elsewhere@example.org", "pt-0123456789abcdef01234567@relay.example.net"};
    const std::vector<Candidate> found = search(workshop, incoming);
    CHECK(numbers(found) == Numbers{2});
    CHECK(std::count(found.at(0).thread.begin(), found.at(0).thread.end(), incoming.references[1]) == 1);
    CHECK(search(workshop, incoming, "questions").empty());
  }
  SUBCASE("the title, and one that is similar") {
    incoming.title = "title 3";
    CHECK(numbers(search(workshop, incoming)) == Numbers{3});
    CHECK(search(workshop, incoming, "questions").empty());
    incoming.title = "title 4";
    CHECK(search(workshop, incoming).empty());
  }
  SUBCASE("the number in the subject") {
    incoming.subject = "Re: [P-3] NIPS Workshop Papers";
    CHECK(numbers(search(workshop, incoming)) == Numbers{3});
  }
  SUBCASE("several, newest first") {
    incoming.sender = "ann@example.org";
    incoming.sha256 = sha(1003);
    incoming.in_reply_to = {"mail-2@example.org"};
    CHECK(numbers(search(workshop, incoming)) == Numbers{3, 2, 1});
  }
}

TEST_CASE("what a candidate tells") {
  Workshop workshop;
  const std::int64_t paper = workshop.paper(1, "ann@example.org");
  workshop.version(paper, 2, "bob@example.org", Seconds(10));
  workshop.batch([&](StoreBatch& batch) {
    OutboxRecord receipt;
    receipt.token = "pt-1";
    receipt.message_id = "receipt@desk.example.org";
    receipt.submission = paper;
    batch.add_outbox(receipt);
    batch.link_message(batch.add_message(mail(3)), paper);
  });
  Incoming incoming = nothing();
  incoming.sender = "ann@example.org";
  std::vector<Candidate> found = search(workshop, incoming);
  REQUIRE(found.size() == 1);
  std::sort(found[0].thread.begin(), found[0].thread.end());
  CHECK(found[0].id == paper);
  CHECK(found[0].number == 1);
  CHECK(found[0].addresses == std::vector<std::string>{"ann@example.org", "bob@example.org"});
  CHECK(found[0].titles == std::vector<std::string>{"title 2", "title 1"});
  CHECK(found[0].sha256 == std::vector<std::string>{sha(1002), sha(1001)});
  CHECK(found[0].thread == std::vector<std::string>{"mail-1@example.org", "mail-2@example.org",
                                                    "mail-3@example.org", "receipt@desk.example.org"});
  CHECK(found[0].state == SubmissionState::submitted);
}

TEST_CASE("at most 50, the newest; what the mail names is among them") {
  Workshop workshop;
  for (int number = 1; number <= 80; ++number)
    workshop.paper(number, "ann@example.org");
  Incoming incoming = nothing();
  incoming.sender = "ann@example.org";
  incoming.in_reply_to = {"mail-2@example.org"};
  incoming.sha256 = sha(1003);
  incoming.subject = "NIPS Workshop Papers [P-1]";
  const Numbers found = numbers(search(workshop, incoming));
  REQUIRE(found.size() == 50);
  CHECK(std::is_sorted(found.rbegin(), found.rend()));
  CHECK(found.front() == 80);
  CHECK(Numbers(found.end() - 3, found.end()) == Numbers{3, 2, 1});
}

TEST_CASE("a mail's own bytes and thread are found among any number of versions") {
  Workshop workshop;
  const std::int64_t paper = workshop.paper(1, "ann@example.org");
  for (int number = 2; number <= 250; ++number)
    workshop.version(paper, number, "ann@example.org", Seconds(10));
  Incoming incoming = nothing();
  incoming.sender = "ann@example.org";
  incoming.sha256 = sha(1001);
  incoming.references = {"mail-99@example.org", "mail-250@example.org"};
  const std::vector<Candidate> found = search(workshop, incoming);
  REQUIRE(found.size() == 1);
  const auto holds = [](const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  CHECK(holds(found[0].sha256, sha(1001)));
  CHECK(holds(found[0].sha256, sha(1250)));
  CHECK(holds(found[0].thread, "mail-99@example.org"));
  CHECK(holds(found[0].thread, "mail-250@example.org"));
  CHECK(found[0].sha256.size() <= 101);
  CHECK(found[0].thread.size() <= 102);
}

TEST_CASE("thousands of references cost no more than fifty") {
  Workshop workshop;
  workshop.paper(1, "ann@example.org");
  Incoming incoming = nothing();
  incoming.references.assign(10000, "nobody@example.org");
  incoming.references.front() = "mail-1@example.org";  // the farthest ancestor: not looked at
  CHECK(search(workshop, incoming).empty());
  incoming.references.back() = "mail-1@example.org";
  CHECK(search(workshop, incoming).size() == 1);
}
