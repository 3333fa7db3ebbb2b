// Who is written to: the whole tables.
#include "desk/notices.h"

#include <string>

#include <doctest/doctest.h>

using namespace papertray;

namespace {

using enum SubmissionState;
using What = NoticeWhat;
using Step = NoticeStep;

NoticeStanding paper(SubmissionState state, const std::string& told = "") {
  return {.id = "P-7",
          .state = state,
          .told = told,
          .told_row = told.empty() ? 0 : 17,
          .to = "ada@x.example"};
}

// "write accepted", "" for whom it does not concern.
std::string judged(What what, const NoticeStanding& standing, bool again) {
  const auto notice = judge_notice(what, standing, again);
  return notice ? std::string(notice_step_name(notice->step)) + " " + notice->kind : "";
}

}  // namespace

TEST_CASE("decisions by state and by what was told") {
  struct Row {
    SubmissionState state;
    const char* told;
    const char* first;
    const char* again;
  };
  const Row rows[] = {
      {submitted, "", "", ""},
      {submitted, "accepted", "person accepted", "person accepted"},
      {submitted, "rejected", "person rejected", "person rejected"},
      {accepted, "", "write accepted", "write accepted"},
      {accepted, "accepted", "told accepted", "told accepted"},
      {accepted, "rejected", "again accepted", "write accepted"},
      {rejected, "", "write rejected", "write rejected"},
      {rejected, "rejected", "told rejected", "told rejected"},
      {rejected, "accepted", "again rejected", "write rejected"},
      {withdrawn, "", "", ""},
      {withdrawn, "accepted", "", ""},
      {withdrawn, "rejected", "", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(state_name(row.state));
    CAPTURE(row.told);
    const NoticeStanding standing = paper(row.state, row.told);
    CHECK(judged(What::decisions, standing, false) == row.first);
    CHECK(judged(What::decisions, standing, true) == row.again);
    // One kind alone is the same, or nobody's business.
    for (const bool again : {false, true}) {
      const std::string both = judged(What::decisions, standing, again);
      CHECK(judged(What::accepted, standing, again) == (both.ends_with("accepted") ? both : ""));
      CHECK(judged(What::rejected, standing, again) == (both.ends_with("rejected") ? both : ""));
    }
  }
}

TEST_CASE("a letter that waits or came back") {
  NoticeStanding waits = paper(rejected, "accepted");
  waits.told_waits = true;
  CHECK(judged(What::decisions, waits, true) == "person rejected");
  CHECK(judge_notice(What::decisions, waits, true)->text.find("outbox drop 17") != std::string::npos);
  NoticeStanding failed = paper(accepted, "accepted");
  failed.told_failed = true;
  CHECK(judged(What::decisions, failed, false) == "person accepted");
  CHECK(judge_notice(What::decisions, failed, false)->text.find("outbox retry 17") != std::string::npos);
  failed = paper(rejected, "accepted");
  failed.told_failed = true;
  CHECK(judged(What::decisions, failed, true) == "write rejected");
}

TEST_CASE("nobody that a machine may not write to") {
  NoticeStanding forged = paper(accepted);
  forged.to.clear();
  forged.refusal = "the sender is not proven";
  for (const What what : {What::decisions, What::missing_final}) {
    const auto notice = judge_notice(what, forged, true);
    REQUIRE(notice);
    CHECK(notice->step == Step::person);
    CHECK(notice->text.find("not proven") != std::string::npos);
  }
}

TEST_CASE("reminded is who owes a final copy") {
  for (const SubmissionState state : {submitted, rejected, withdrawn})
    CHECK(judged(What::missing_final, paper(state, "accepted"), true) == "");
  CHECK(judged(What::missing_final, paper(accepted, "accepted"), false) == "write reminder");
  CHECK(judge_notice(What::missing_final, paper(accepted, "accepted"), false)->text.empty());
  CHECK_FALSE(judge_notice(What::missing_final, paper(accepted), false)->text.empty());
  NoticeStanding done = paper(accepted, "accepted");
  done.final_copy = true;
  CHECK(judged(What::missing_final, done, true) == "");
  NoticeStanding again = paper(accepted, "accepted");
  again.reminded = true;
  CHECK(judged(What::missing_final, again, false) == "again reminder");
  CHECK(judged(What::missing_final, again, true) == "write reminder");
}

TEST_CASE("a letter of the organizers' own goes to whom they say, once") {
  struct Row {
    SubmissionState state;
    bool final_copy;
    const char* groups;  // that it is in
  };
  const Row rows[] = {{submitted, false, "all undecided"},
                      {accepted, false, "all accepted missing-final"},
                      {accepted, true, "all accepted received-final"},
                      {rejected, false, "all rejected"},
                      {withdrawn, false, ""}};
  for (const Row& row : rows) {
    NoticeStanding standing = paper(row.state);
    standing.final_copy = row.final_copy;
    std::string groups;
    for (const std::string& name : notice_to_names())
      if (judge_letter("letters/posters", notice_to_from_name(name).value(), standing, false))
        groups += (groups.empty() ? "" : " ") + name;
    CHECK(groups == row.groups);
  }
  CHECK_FALSE(notice_to_from_name("everybody"));

  const auto step = [](NoticeStanding standing, bool again) {
    return judge_letter("letters/posters", NoticeTo::all, standing, again).value().step;
  };
  NoticeStanding standing = paper(accepted);
  CHECK(step(standing, false) == Step::write);
  CHECK(step(standing, true) == Step::write);
  standing.letter_row = 17;  // it was sent
  CHECK(step(standing, false) == Step::told);
  CHECK(step(standing, true) == Step::write);
  standing.letter_waits = true;
  CHECK(step(standing, false) == Step::told);
  CHECK(step(standing, true) == Step::person);
  standing.letter_waits = false;
  standing.letter_failed = true;
  CHECK(step(standing, false) == Step::person);
  CHECK(step(standing, true) == Step::person);
  standing = paper(accepted);
  standing.to.clear();
  standing.refusal = "it came from a list";
  CHECK(step(standing, false) == Step::person);
}
