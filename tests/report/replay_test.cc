// What other rules change: told by the mails' bytes, not by numbers, which other rules give to others.
#include "report/replay.h"

#include <doctest/doctest.h>

#include "report/pages_samples.h"
#include "report/samples.h"

namespace papertray {
namespace {

ReplayedMail mail(int number, const char* fate, const char* submission = "", int root = 0,
                  int version = 0, bool on_time = true) {
  ReplayedMail one;
  one.id = "M-" + std::to_string(number);
  one.sha256 = std::to_string(number);
  one.from = "ada@example.org";
  one.subject = "Our work";
  one.fate = *fate_from_name(fate);
  one.reason = "because";
  if (version > 0) {
    one.track = "papers";
    one.submission = submission;
    one.root = std::to_string(root);
    one.version = version;
    one.on_time = on_time;
    one.letters = on_time ? "received" : "late";
  }
  return one;
}

}  // namespace

TEST_CASE("the same decisions are no change, whatever their words and numbers") {
  std::vector<ReplayedMail> before = {mail(1, "recorded", "P-2", 1, 1), mail(2, "triage")};
  std::vector<ReplayedMail> after = {mail(1, "recorded", "P-1", 1, 1), mail(2, "triage")};
  after[1].reason = "other words";
  CHECK(replay_changes(before, after, before).empty());
}

TEST_CASE("what can be applied, into what, and what stays") {
  const std::vector<ReplayedMail> before = {mail(1, "recorded", "P-1", 1, 1),
                                            mail(2, "triage"),
                                            mail(3, "triage"),
                                            mail(4, "ignored"),
                                            mail(5, "recorded", "P-2", 5, 1, false),
                                            mail(6, "recorded", "P-3", 6, 1)};
  const std::vector<ReplayedMail> after = {
      mail(1, "recorded", "P-1", 1, 1), mail(2, "recorded", "P-1", 1, 2),
      mail(3, "recorded", "P-2", 3, 1), mail(4, "recorded", "P-2", 3, 2),
      mail(5, "recorded", "P-3", 5, 1), mail(6, "triage")};
  std::vector<ReplayedMail> database = before;
  database[0].submission = "P-7";  // numbers that people made otherwise
  const std::vector<ReplayChange> changes = replay_changes(before, after, database);
  REQUIRE(changes.size() == 5);
  CHECK(changes[0].step == ReplayStep::route);
  CHECK(changes[0].into == "P-7");
  CHECK(changes[0].kind == "triage -> recorded (papers)");
  CHECK(changes[1].step == ReplayStep::route);
  CHECK(changes[1].into == "");
  CHECK(changes[1].into_mail == "");
  CHECK(changes[2].into_mail == "3");
  CHECK(changes[3].step == ReplayStep::excuse);
  CHECK(changes[3].kind == "late -> on time");
  CHECK(changes[4].step == ReplayStep::none);
  CHECK(changes[4].kind == "recorded (papers) -> triage");

  database[2] = mail(3, "recorded", "P-9", 3, 1);  // a person has taken it in
  CHECK(replay_changes(before, after, database)[1].settled);
  CHECK(replay_changes(before, after, database)[1].step == ReplayStep::none);
}

TEST_CASE("told to people") {
  const std::string text = replay_text(sample::replay(), sample::look(80));
  for (const char* said : {"M-2", "1 of 57 mails", "triage -> recorded (papers)", "--apply takes it in"})
    CHECK(text.find(said) != std::string::npos);
}

}  // namespace papertray
