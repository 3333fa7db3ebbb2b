// What is told while the program works: log lines, the progress bar, the counts at the end.
#include <chrono>

#include <doctest/doctest.h>

#include "app/logging.h"
#include "app/progress_bar.h"
#include "app/tally.h"
#include "support/fakes.h"

namespace papertray {
namespace {

using namespace std::chrono_literals;

TakenMessage of_fate(Fate fate) {
  TakenMessage message;
  message.fate = fate;
  return message;
}

}  // namespace

TEST_CASE("a value in a log line") {
  struct Case {
    const char* text;
    const char* shown;
  };
  const Case cases[] = {
      {"", "-"},
      {"P-7", "P-7"},
      {"ada@example.org", "ada@example.org"},
      {"the subject matches no track", "\"the subject matches no track\""},
      {"subject \"x\"", "\"subject \\\"x\\\"\""},
      {"a=b", "\"a=b\""},
      {"\x1b[31mred", "\\x1b[31mred"},
      {"x fate=recorded", "\"x fate=recorded\""},
  };
  for (const Case& one : cases)
    CHECK(log_value(one.text) == one.shown);
  // A stranger's line end does not begin a line of ours.
  CHECK(log_value("a\nfate=recorded").find('\n') == std::string::npos);
}

TEST_CASE("how far an import is") {
  CHECK(progress_line({.mails = 1'234, .bytes = 250, .total_bytes = 1'000, .spent = 3s}) ==
        "[#####...............] 25 %, 1234 mails, 411 a second, 9 s left");
  CHECK(progress_line({.mails = 10, .bytes = 1'000, .total_bytes = 1'000, .spent = 1s}) ==
        "[####################] 100 %, 10 mails, 10 a second, 0 s left");
  CHECK(progress_line({.mails = 5, .total_mails = 10, .spent = 5s}) ==
        "[##########..........] 50 %, 5 mails, 1 a second, 5 s left");
  CHECK(progress_line({.mails = 10, .bytes = 5'000, .total_bytes = 0, .spent = 2s}) ==
        "10 mails, 5 a second");
  CHECK(progress_line({.mails = 1, .bytes = 500, .total_bytes = 1'000, .spent = 500ms}) ==
        "[##########..........] 50 %, 1 mail, 2 a second");
  CHECK(progress_line({.mails = 0, .bytes = 0, .total_bytes = 1'000, .spent = 0s}) ==
        "[....................] 0 %, 0 mails, 0 a second");
}

TEST_CASE("a file that grew while it was read is no more than all of it") {
  CHECK(progress_line({.mails = 3, .bytes = 3'000, .total_bytes = 1'000, .spent = 1s})
            .starts_with("[####################] 100 %"));
}

TEST_CASE("the tally counts what passes, and hands it on") {
  testing::NotingWatcher next;
  Tally tally(next);
  for (const Fate fate :
       {Fate::recorded, Fate::recorded, Fate::triage, Fate::ignored, Fate::quarantined})
    tally.taken(of_fate(fate));
  tally.known_already("aa");
  tally.warning("one mail could not be read");
  CHECK(next.messages.size() == 5);
  CHECK(next.warnings == std::vector<std::string>{"one mail could not be read"});
  CHECK(tally.warnings() == 1);

  const TakenView view = tally.view(
      "run", Sent{.accepted = 3, .later = 2, .failed = 1, .unknown = 4, .paused = "", .again = {}},
      true);
  CHECK(view.command == "run");
  CHECK(view.recorded == 2);
  CHECK(view.triage == 1);
  CHECK(view.ignored == 1);
  CHECK(view.quarantined == 1);
  CHECK(view.known == 1);
  CHECK(view.warnings == 1);
  CHECK(view.stopped);
  CHECK(view.receipts.value().sent == 3);
  CHECK(view.receipts.value().waiting == 6);
  CHECK(view.receipts.value().failed == 1);
  CHECK_FALSE(tally.view("import", std::nullopt, false).receipts);
}

}  // namespace papertray
