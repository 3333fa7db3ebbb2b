// What an audit says of what it found: a verdict and a sentence for each check.
#include "report/audit.h"

#include <algorithm>
#include <functional>

#include <doctest/doctest.h>

#include "report/golden.h"
#include "report/samples.h"

namespace papertray {
namespace {

// A small desk of which everything holds.
AuditView sound() {
  AuditView view;
  view.log = {.segments = 1, .mails = 3, .events = 2, .bytes = 9728, .not_applied = 0, .damaged = {}};
  view.fates = {.messages = 3,
                .lost_places = 1,
                .recorded = 2,
                .triage = 1,
                .ignored = 0,
                .quarantined = 0,
                .vanished = 1,
                .places_of_nothing = 0,
                .logged = 3};
  view.difference = "";
  view.papers = 2;
  view.mailbox = "imaps://x";
  view.folders = {{.name = "INBOX",
                   .spam = false,
                   .problem = "",
                   .uidvalidity = 7,
                   .mails = 4,
                   .gone = 0,
                   .missed = {},
                   .waiting = {}}};
  return view;
}

struct Row {
  std::function<void(AuditView&)> change;
  std::string check;
  Verdict verdict;
  std::string text;
};

void check(const Row& row) {
  AuditView view = sound();
  row.change(view);
  CAPTURE(row.text);
  const std::vector<CheckRow> rows = audit_rows(view);
  const auto found = std::ranges::find(rows, row.check, &CheckRow::check);
  REQUIRE(found != rows.end());
  CHECK(found->text == row.text);
  CHECK(found->verdict == row.verdict);
  // One thing that is not well is one line.
  const auto failed = std::ranges::count(rows, Verdict::fail, &CheckRow::verdict);
  CHECK(failed == (row.verdict == Verdict::fail ? 1 : 0));
  const bool holds = audit_json(view).find("\"holds\": true") != std::string::npos;
  CHECK(holds == (failed == 0));
  const std::string text = audit_text(view, sample::look(100));
  CHECK((text.find("\nAll of it holds.\n") != std::string::npos) == (failed == 0));
}

}  // namespace

TEST_CASE("everything holds: a line for each check, none with a warning") {
  const std::vector<CheckRow> rows = audit_rows(sound());
  std::vector<std::string> checks;
  for (const CheckRow& row : rows) {
    checks.push_back(row.check);
    CHECK(row.verdict == Verdict::ok);
  }
  CHECK(checks == std::vector<std::string>{"log", "database", "fates", "made anew", "papers", "outbox",
                                           "folder INBOX"});
}

TEST_CASE("each thing that can be, and what is said of it") {
  const std::string anew = "; run papertray rebuild, which makes the database anew from the log";
  const Row rows[] = {
      {[](AuditView&) {}, "log", Verdict::ok,
       "3 mails and 2 events in 1 segment, 9,728 bytes, each as it was written"},
      {[](AuditView& v) { v.log->not_applied = 1; }, "log", Verdict::ok,
       "3 mails and 2 events in 1 segment, 9,728 bytes, each as it was written; 1 entry is not in the "
       "database yet: the "
       "next run applies them"},
      {[](AuditView& v) {
         v.log->not_applied = 5;
         v.holder = "papertray run (process 7)";
       },
       "log", Verdict::ok,
       "3 mails and 2 events in 1 segment, 9,728 bytes, each as it was written; 5 entries are not in "
       "the database yet: "
       "they are being applied"},
      {[](AuditView& v) {
         v.log->damaged = {"000001.tar, byte 512: its content is not what was written"};
       },
       "log", Verdict::fail,
       "one spot is not as written: 000001.tar, byte 512: its content is not what was written; put a "
       "copy of that "
       "segment back from a backup, and keep the damaged one"},
      {[](AuditView& v) { v.log_problem = "the log is shorter"; }, "log", Verdict::fail,
       "the log is shorter"},
      {[](AuditView& v) { v.database_problem = "row 1 missing from index place_message"; }, "database",
       Verdict::fail,
       "row 1 missing from index place_message; run papertray rebuild, which makes it anew from the "
       "log"},
      {[](AuditView&) {}, "fates", Verdict::ok,
       "4 mails, copies counted once, each with one: 2 recorded, 1 in triage, 0 ignored, 0 quarantined, "
       "1 vanished"},
      {[](AuditView& v) { v.fates->recorded = 1; }, "fates", Verdict::fail,
       "4 mails, but 3 fates" + anew},
      {[](AuditView& v) { v.fates->logged = 4; }, "fates", Verdict::fail,
       "4 mails in the log, but 3 messages" + anew},
      {[](AuditView& v) { v.fates->logged.reset(); }, "fates", Verdict::ok,
       "4 mails, copies counted once, each with one: 2 recorded, 1 in triage, 0 ignored, 0 quarantined, "
       "1 vanished"},
      {[](AuditView& v) { v.fates->places_of_nothing = 2; }, "fates", Verdict::fail,
       "2 places whose message is not there" + anew},
      {[](AuditView&) {}, "made anew", Verdict::ok,
       "a database made anew from the log is the same, row by row"},
      {[](AuditView& v) { v.difference = "table note has\x1b the row id 1 only in the log"; },
       "made anew", Verdict::fail,
       "the database is not what the log says: table note has\\x1b the row id 1 only in the log; run "
       "papertray rebuild, "
       "which makes it anew and sends nothing twice"},
      {[](AuditView& v) { v.difference_problem = "not compared: the log must be mended first"; },
       "made anew", Verdict::fail, "not compared: the log must be mended first"},
      {[](AuditView&) {}, "papers", Verdict::ok, "2 files in papers/, each as recorded"},
      {[](AuditView& v) {
         v.wrong_papers = {{"P-001_v1.pdf", "is not there"}, {"P-002_v1.pdf", "has other bytes"}};
       },
       "papers", Verdict::fail,
       "2 of 2 files in papers/ are not as recorded: P-001_v1.pdf is not there, P-002_v1.pdf has other "
       "bytes; papertray "
       "rebuild writes them again from the log"},
      {[](AuditView&) {}, "outbox", Verdict::ok, "nothing is half sent"},
      {[](AuditView& v) { v.being_sent = 2; }, "outbox", Verdict::warn,
       "2 receipts being sent when a run was cut off; run papertray run --once, which settles it"},
      {[](AuditView& v) {
         v.being_sent = 1;
         v.holder = "papertray run (process 7)";
       },
       "outbox", Verdict::ok, "1 receipt just being sent by papertray run (process 7)"},
      {[](AuditView&) {}, "folder INBOX", Verdict::ok, "4 mails, each with a fate"},
      {[](AuditView& v) { v.folders[0].gone = 1; }, "folder INBOX", Verdict::ok,
       "4 mails, each with a fate; 1 more has been there and is gone, moved or deleted"},
      {[](AuditView& v) {
         v.folders[0].waiting = {"UID 5", "UID 6"};
       },
       "folder INBOX", Verdict::fail,
       "4 mails; not taken in yet: UID 5, UID 6; run papertray run --once"},
      {[](AuditView& v) {
         v.folders[0].waiting = {"UID 5"};
         v.holder = "papertray run (process 7)";
       },
       "folder INBOX", Verdict::ok,
       "4 mails; not taken in yet: UID 5 (papertray run (process 7) is at work)"},
      {[](AuditView& v) {
         v.folders[0].missed.assign(12, "UID 2");
         v.holder = "papertray run (process 7)";
       },
       "folder INBOX", Verdict::fail,
       "4 mails; without a fate, though newer ones have theirs: UID 2, UID 2, UID 2, UID 2, UID 2, UID "
       "2, UID 2, UID 2, "
       "UID 2, UID 2 and 2 more (the daily look of papertray run takes them in)"},
      {[](AuditView& v) {
         v.folders[0].name = "Junk";
         v.folders[0].spam = true;
         v.folders[0].problem = "has not the folder 'Junk'";
       },
       "spam folder Junk", Verdict::warn, "has not the folder 'Junk'"},
      {[](AuditView& v) { v.mailbox_problem = "refused"; }, "mailbox", Verdict::fail, "refused"},
  };
  for (const Row& row : rows)
    check(row);
}

TEST_CASE("what was not looked at is not spoken of") {
  AuditView view;
  view.database_problem = "there is no papertray.db, though there is a log";
  const std::vector<CheckRow> rows = audit_rows(view);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].check == "database");
  const std::string json = audit_json(view);
  for (const char* absent :
       {"\"fates\": null", "\"log\": null", "\"papers\": null", "\"mailbox\": null", "\"folders\": []"})
    CHECK(json.find(absent) != std::string::npos);
}

TEST_CASE("an audit as text") {
  for (const int width : {60, 80, 120})
    check_golden("text/audit." + std::to_string(width) + ".txt",
                 audit_text(sample::audit(), sample::look(width)));
}

}  // namespace papertray
