#include "core/submission.h"

#include <functional>

#include <doctest/doctest.h>

#include "core/title.h"

using namespace papertray;

namespace {

Candidate seven() {
  Candidate c;
  c.id = 70;
  c.number = 7;
  c.addresses = {"ada@lab.example"};
  c.titles = {"deep nets"};
  c.sha256 = {"aaaa"};
  c.thread = {"1@lab.example", "receipt-1@desk.example"};
  return c;
}

Incoming paper(const std::string& sender, const std::string& title = "") {
  Incoming incoming;
  incoming.sender = sender;
  incoming.subject = "NIPS Workshop Papers " + title;
  incoming.title = comparable_title(title);
  incoming.sha256 = "bbbb";
  incoming.prefix = "P";
  incoming.number = 9;
  return incoming;
}

}  // namespace

TEST_CASE("versions, duplicates and new ones") {
  struct Row {
    const char* what;
    std::function<void(Incoming&, std::vector<Candidate>&)> change;
    Match match;
    std::string words;  // of the reason, or of the note when fresh
  };
  const std::string ada = "ada@lab.example", bob = "bob@lab.example";
  const auto untitled = [](Incoming&, std::vector<Candidate>& c) { c[0].titles.clear(); };
  const Row rows[] = {
      {"same bytes",
       [](Incoming& i, auto&) {
         i.sha256 = "aaaa";
         i.title = "other";
       },
       Match::duplicate, "P-7"},
      {"number",
       [](Incoming& i, auto&) {
         i.subject = "Re: [P-7] x";
         i.title = "other";
       },
       Match::version, "names"},
      {"thread",
       [](Incoming& i, auto&) {
         i.in_reply_to = {"receipt-1@desk.example"};
         i.title = "other";
       },
       Match::version, "thread"},
      {"references",
       [](Incoming& i, auto&) {
         i.references = {"x", "1@lab.example"};
         i.title = "other";
       },
       Match::version, "thread"},
      {"title", [](Incoming& i, auto&) { i.title = "deep nets"; }, Match::version, "same title"},
      {"sender in other case",
       [](Incoming& i, auto&) {
         i.sender = "ADA@Lab.example";
         i.title = "deep nets";
       },
       Match::version, "same title"},
      {"neither has a title", untitled, Match::version, "neither tells a title"},
      {"two untitled ones",
       [](Incoming&, std::vector<Candidate>& c) {
         c[0].titles.clear();
         c.push_back(c[0]);
         c[1].number = 8;
       },
       Match::fresh, "the titles do not tell; if it is a version of it: papertray merge P-9 --into P-7"},
      {"title unknown now", [](Incoming&, auto&) {}, Match::fresh, "by the author of P-7"},
      {"title unknown then",
       [](Incoming& i, std::vector<Candidate>& c) {
         c[0].titles.clear();
         i.title = "x";
       },
       Match::fresh, "by the author of P-7"},
      {"other title", [](Incoming& i, auto&) { i.title = "shallow nets"; }, Match::fresh, ""},
      {"other sender", [&](Incoming& i, auto&) { i.sender = bob; }, Match::fresh, ""},
      {"other sender, same title",
       [&](Incoming& i, auto&) {
         i.sender = bob;
         i.title = "deep nets";
       },
       Match::fresh,
       "the same title as P-7 from another address; if it is the same paper: papertray merge P-9 --into "
       "P-7"},
      {"similar title",
       [](Incoming& i, std::vector<Candidate>& c) {
         c[0].titles = {"deep nets at scale"};
         i.title = "deep nets at scale a study";
       },
       Match::fresh,
       "a title similar to that of P-7 of the same sender; if it is a version of it: papertray merge "
       "P-9 "
       "--into P-7"},
      {"other sender, similar title",
       [&](Incoming& i, std::vector<Candidate>& c) {
         c[0].titles = {"deep networks at scale"};
         i.sender = bob;
         i.title = "deep netwroks at scale";
       },
       Match::fresh, "a title similar to that of P-7 from another address"},
      {"other sender, another title",
       [&](Incoming& i, auto&) {
         i.sender = bob;
         i.title = "shallow nets";
       },
       Match::fresh, ""},
      {"other sender on the thread",
       [&](Incoming& i, auto&) {
         i.sender = bob;
         i.in_reply_to = {"1@lab.example"};
       },
       Match::fresh,
       "on the thread of P-7, from an address that has sent no version of it; if it is one: papertray "
       "merge "
       "P-9 --into P-7"},
      {"other sender with the number",
       [&](Incoming& i, auto&) {
         i.sender = bob;
         i.subject = "[P-7]";
       },
       Match::fresh, "--into P-7"},
      {"other sender, same bytes",
       [&](Incoming& i, auto&) {
         i.sender = bob;
         i.sha256 = "aaaa";
       },
       Match::fresh, "the same file as P-7"},
      {"unknown sender",
       [](Incoming& i, std::vector<Candidate>& c) {
         i.sender = "";
         c[0].addresses = {""};
         c[0].titles.clear();
       },
       Match::fresh, ""},
      {"withdrawn, on the thread",
       [](Incoming& i, std::vector<Candidate>& c) {
         c[0].state = SubmissionState::withdrawn;
         i.in_reply_to = c[0].thread;
       },
       Match::fresh, "was withdrawn"},
      {"withdrawn, same title",
       [](Incoming& i, std::vector<Candidate>& c) {
         c[0].state = SubmissionState::withdrawn;
         i.title = c[0].titles[0];
       },
       Match::fresh,
       "seems to continue P-7, which was withdrawn; if it does: papertray merge P-9 --into P-7"},
      {"withdrawn, same bytes",
       [](Incoming& i, std::vector<Candidate>& c) {
         c[0].state = SubmissionState::withdrawn;
         i.sha256 = "aaaa";
       },
       Match::fresh, "was withdrawn"},
      {"withdrawn, untitled",
       [](Incoming&, std::vector<Candidate>& c) {
         c[0].state = SubmissionState::withdrawn;
         c[0].titles.clear();
       },
       Match::fresh, ""},
      {"accepted: a final copy",
       [](Incoming& i, std::vector<Candidate>& c) {
         c[0].state = SubmissionState::accepted;
         i.title = "deep nets";
       },
       Match::version, "P-7"},
      {"no earlier ones", [](Incoming&, std::vector<Candidate>& c) { c.clear(); }, Match::fresh, ""},
      {"no hash, no title, no thread",
       [](Incoming& i, std::vector<Candidate>& c) {
         i.sha256 = "";
         i.in_reply_to = {""};
         i.title = "x";
         c[0].sha256 = {""};
         c[0].thread = {""};
       },
       Match::fresh, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Incoming incoming = paper(ada);
    std::vector<Candidate> candidates = {seven()};
    row.change(incoming, candidates);
    const VersionMatch found = match_version(incoming, candidates);
    CAPTURE(found.reason);
    CAPTURE(found.note);
    CHECK(found.match == row.match);
    CHECK((found.candidate >= 0) == (found.match != Match::fresh));
    CHECK(!found.reason.empty());
    if (row.match == Match::fresh) {
      CHECK(found.note.empty() == row.words.empty());
      CHECK(found.note.find(row.words) != std::string::npos);
    } else {
      CHECK(found.note.empty());
      CHECK(found.reason.find(row.words) != std::string::npos);
    }
  }
}

TEST_CASE("the surest sign wins among several") {
  std::vector<Candidate> candidates = {seven(), seven()};
  candidates[1].number = 8;
  candidates[1].sha256 = {"cccc"};
  candidates[1].titles = {"wide nets"};
  candidates[1].thread = {"2@lab.example"};
  Incoming incoming = paper("ada@lab.example", "Deep Nets");
  CHECK(match_version(incoming, candidates).candidate == 0);
  incoming.in_reply_to = {"2@lab.example"};
  CHECK(match_version(incoming, candidates).candidate == 1);
  incoming.subject = "Re: [P-7] x";
  CHECK(match_version(incoming, candidates).candidate == 0);
  incoming.sha256 = "cccc";
  CHECK(match_version(incoming, candidates).candidate == 1);
}

TEST_CASE("which submission a mail means") {
  std::vector<Candidate> candidates = {seven(), seven()};
  candidates[1].number = 8;
  candidates[1].addresses = {"bob@lab.example"};
  candidates[1].thread = {"2@lab.example"};
  struct Row {
    const char* what;
    const char* subject;
    std::vector<std::string> references;
    int meant;
  };
  const Row rows[] = {
      {"nothing tells", "hello", {}, 0},
      {"a number", "withdraw P-7", {}, 7},
      {"another's number", "withdraw P-8", {}, 8},
      {"a number that nothing has", "withdraw P-9", {}, 0},
      {"the thread", "withdraw", {"1@lab.example"}, 7},
      {"another's thread", "withdraw", {"2@lab.example"}, 8},
      {"both threads: the own one", "withdraw", {"1@lab.example", "2@lab.example"}, 7},
      {"a number against the thread", "withdraw P-8", {"1@lab.example"}, 8},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Incoming incoming = paper("ada@lab.example");
    incoming.subject = row.subject;
    incoming.references = row.references;
    const Candidate* meant = meant_by(incoming, candidates);
    CHECK((meant ? meant->number : 0) == row.meant);
  }
  candidates[1].addresses = candidates[0].addresses;
  Incoming both = paper("ada@lab.example");
  both.references = {"1@lab.example", "2@lab.example"};
  CHECK(meant_by(both, candidates) == nullptr);  // two papers of one author: a person asks
  CHECK(is_address_of(candidates[0], "ADA@lab.example"));
  CHECK_FALSE(is_address_of(candidates[0], ""));
}

TEST_CASE("a submission's number in a subject") {
  struct Row {
    std::string subject;
    int number;
  };
  const Row rows[] = {
      {"Re: [P-7] NIPS Workshop Papers", 7},
      {"[p-7]", 7},
      {"about P-12, please", 12},
      {"P-007 v2", 7},
      {"P-3 in [P-7]", 7},
      {"XP-7", 0},
      {"P-7x", 0},
      {"P-", 0},
      {"P-0", 0},
      {"P-99999999999", 0},
      {"Q-7", 0},
      {"P 7", 0},
      {"\uff30-\uff17", 7},
      {"", 0},
      {"\u00e4P-7", 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.subject);
    CHECK(number_in_subject(row.subject, "P") == row.number);
  }
  CHECK(number_in_subject("-7", "") == 0);
  CHECK(number_in_subject(std::string(1'000'000, '-') + "P-7", "P") == 0);
}

TEST_CASE("states by name") {
  for (const SubmissionState state : {SubmissionState::submitted, SubmissionState::accepted,
                                      SubmissionState::rejected, SubmissionState::withdrawn}) {
    CHECK(state_from_name(state_name(state)) == state);
  }
  CHECK(state_from_name("lost") == std::nullopt);
}

TEST_CASE("which version is a final copy") {
  const Time due{Seconds(1000)};
  struct Row {
    SubmissionState state;
    bool told;
    std::optional<Time> due;
    Time received;
    bool is;
  };
  using enum SubmissionState;
  const Row rows[] = {
      {submitted, false, due, due + Seconds(1), false},
      {rejected, true, due, due + Seconds(1), false},
      {withdrawn, true, due, due + Seconds(1), false},
      {accepted, false, due, due + Seconds(1), true},
      {accepted, false, due, due, false},
      {accepted, true, due, due, true},
      {accepted, false, std::nullopt, due, true},
  };
  for (const Row& row : rows) {
    CAPTURE(state_name(row.state));
    CAPTURE(row.told);
    Candidate candidate = seven();
    candidate.state = row.state;
    candidate.told = row.told;
    CHECK(is_final_copy(candidate, row.due, row.received) == row.is);
  }
}

TEST_CASE("the accepted version may be the final copy, once") {
  Candidate candidate = seven();
  const VersionMatch same{Match::duplicate, 0, "the same file", ""};
  CHECK(with_final_copy(same, candidate, false, "P-7").match == Match::duplicate);
  const VersionMatch first = with_final_copy(same, candidate, true, "P-7");
  CHECK(first.match == Match::version);
  CHECK(first.reason.find("final copy of P-7") != std::string::npos);
  candidate.final_copy = true;
  CHECK(with_final_copy(same, candidate, true, "P-7").match == Match::duplicate);
  CHECK(with_final_copy({Match::fresh, -1, "new", ""}, candidate, true, "P-7").match == Match::fresh);
}
