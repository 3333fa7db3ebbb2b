#include "report/status.h"

#include <doctest/doctest.h>

#include "report/samples.h"
#include "report/text.h"

namespace papertray {
namespace {

std::string at_time(Seconds after_deadline) {
  StatusView view = sample::status();
  view.deadlines.resize(1);
  Look look = sample::look(100);
  look.now = view.deadlines[0].at + after_deadline;
  return status_text(view, look);
}

}  // namespace

TEST_CASE("the countdown tells what is left and what has passed") {
  struct Row {
    Seconds after;
    const char* words;
  };
  const Row rows[] = {
      {Seconds(-1), "in 1 second"},
      {Seconds(0), "this very second is the last"},
      {Seconds(1), "passed 1 second ago"},
      {Seconds(-3660), "in 1 hour 1 minute"},
      {Seconds(86400 * 2 + 3600), "passed 2 days 1 hour ago"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.words);
    CHECK(at_time(row.after).find(std::string("2017-11-03 16:59 PST  ") + row.words + "\n") !=
          std::string::npos);
  }
}

TEST_CASE("deadlines come from the rules, track by track") {
  const std::vector<DeadlineRow> rows = deadline_rows(sample::rules());
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].track == "papers");
  CHECK(rows[0].kind == "due");
  CHECK(rfc3339(rows[0].at) == "2017-11-04T00:59:59Z");
  CHECK(rows[0].text == "2017-11-03 16:59 PST");
  CHECK(rows[1].kind == "final");
  CHECK(rfc3339(rows[1].at) == "2017-11-29T11:59:59Z");
}

TEST_CASE("what waits for a person, and how to see it") {
  struct Row {
    const char* name;
    void (*set)(Counts&);
    const char* what;
    std::int64_t count;
    const char* command;
  };
  const Row rows[] = {
      {"triage", [](Counts& c) { c.triage = 2; }, "messages in triage", 2, "papertray list triage"},
      {"one", [](Counts& c) { c.triage = 1; }, "message in triage", 1, "papertray list triage"},
      {"open notes", [](Counts& c) { c.open_notes = 2; }, "notes that ask for a decision", 2,
       "papertray list triage"},
      {"quarantine", [](Counts& c) { c.quarantined = 1; }, "message in quarantine", 1,
       "papertray list triage"},
      {"failed", [](Counts& c) { c.failed = 3; }, "receipts that could not be delivered", 3,
       "papertray list outbox --problems"},
      {"unknown", [](Counts& c) { c.unknown = 1; }, "receipt of unknown outcome", 1,
       "papertray list outbox --problems"},
      {"suppressed", [](Counts& c) { c.suppressed = 1; }, "receipt that no machine may send", 1,
       "papertray list outbox --problems"},
      {"held", [](Counts& c) { c.held = 5; }, "receipts held until you send them", 5,
       "papertray list outbox"},
      {"late",
       [](Counts& c) {
         c.tracks = {{.track = "papers", .submissions = 5, .late = 2, .late_undecided = 2}};
       },
       "late submissions in papers", 2, "papertray list papers --late"},
      {"late but decided",
       [](Counts& c) {
         c.tracks = {
             {.track = "papers", .submissions = 5, .late = 2, .accepted = 1, .late_undecided = 1}};
       },
       "late submission in papers", 1, "papertray list papers --late"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    StatusView view;
    row.set(view.counts);
    const std::vector<Waiting> waiting = waiting_for_people(view);
    REQUIRE(waiting.size() == 1);
    CHECK(waiting[0].what == row.what);
    CHECK(waiting[0].count == row.count);
    CHECK(waiting[0].command == row.command);
  }
}

TEST_CASE("a desk on its first day") {
  StatusView view;
  view.workshop = "New Workshop";
  const std::string text = status_text(view, sample::look(80));
  CHECK(text ==
        "New Workshop\n"
        "\n"
        "Messages  none yet\n"
        "Outbox    nothing yet\n"
        "Mailbox   no contact yet\n"
        "\n"
        "Nothing waits for a person.\n");
}

TEST_CASE("trouble with the mailbox is told") {
  StatusView view = sample::status();
  view.mailbox.state = "unreachable";
  view.mailbox.detail = "imap.gmail.com does not answer";
  view.mailbox.next_try = sample::now() + Seconds(120);
  const std::string text = status_text(view, sample::look(200));
  CHECK(text.find("Mailbox   unreachable; last contact 2 minutes ago (2017-11-03 16:57:59 PDT); "
                  "imap.gmail.com does "
                  "not answer; next try in 2 minutes\n") != std::string::npos);
}

}  // namespace papertray
