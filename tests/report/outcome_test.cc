// The last line of run, import and rebuild.
#include "report/outcome.h"

#include <doctest/doctest.h>

#include "report/samples.h"

namespace papertray {

TEST_CASE("what was taken in, in one line") {
  struct Case {
    TakenView view;
    const char* line;
  };
  const Case cases[] = {
      {{.command = "import"}, "no new messages\n"},
      {{.command = "import", .recorded = 1}, "1 new message: 1 recorded\n"},
      {sample::taken(),
       "56 new messages: 40 recorded, 12 in triage, 4 ignored; 1 known already; 38 receipts sent, 2 to "
       "be tried "
       "again\n"},
      {{.command = "run", .triage = 2, .receipts = ReceiptCounts{.sent = 1}},
       "2 new messages: 0 recorded, 2 in triage; 1 receipt sent\n"},
      {{.command = "run", .quarantined = 1200, .warnings = 1, .receipts = ReceiptCounts{.failed = 3}},
       "1,200 new messages: 0 recorded, 1,200 quarantined; 0 receipts sent, 3 failed; 1 warning\n"},
      {{.command = "run", .known = 2, .warnings = 2, .stopped = true},
       "no new messages; 2 known already; 2 warnings; stopped, run it again for the rest\n"},
  };
  for (const Case& one : cases)
    CHECK(taken_text(one.view) == one.line);
}

TEST_CASE("run and import tell the same, under their names") {
  TakenView view = sample::taken();
  CHECK(taken_json(view).find("papertray/import/1") != std::string::npos);
  view.command = "run";
  CHECK(taken_json(view).find("papertray/run/1") != std::string::npos);
}

TEST_CASE("what was made anew, in one line") {
  CHECK(rebuilt_text(sample::rebuilt()) ==
        "/var/lib/papertray/papertray.db: made anew from 1,059 log entries; the one before is "
        "/var/lib/papertray/papertray.db.old\n");
  CHECK(rebuilt_text({.database = "/x/papertray.db", .entries = 1, .before = ""}) ==
        "/x/papertray.db: made anew from 1 log entry\n");
}

TEST_CASE("a dry run that finds nothing") {
  CHECK(would_take_text({}, sample::look(80)) == "0 mails would be taken in; nothing was changed\n");
}

}  // namespace papertray
