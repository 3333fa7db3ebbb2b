// That a mail owes its fate to a spam folder is told wherever it is shown.
#include <doctest/doctest.h>

#include "report/json.h"
#include "report/samples.h"
#include "report/text.h"

namespace papertray {

TEST_CASE("a message that was found in a spam folder") {
  ShownMessage shown = sample::message();
  CHECK(message_text(shown, sample::look(100)).find("found in") == std::string::npos);
  CHECK(message_json(shown).find("\"spam_folder\": null") != std::string::npos);
  shown.spam_folder = "Ju\x1bnk";
  CHECK(message_text(shown, sample::look(100)).find("found in    the spam folder Ju\\x1bnk\n") !=
        std::string::npos);
  CHECK(message_json(shown).find("\"spam_folder\": \"Ju\\u001bnk\"") != std::string::npos);
}

TEST_CASE("an explanation of one") {
  ExplainView view = sample::explanation();
  CHECK(explain_text(view, sample::look(100)).find("found in") == std::string::npos);
  CHECK(explain_json(view).find("\"spam_folder\": null") != std::string::npos);
  view.spam_folder = "Junk";
  CHECK(explain_text(view, sample::look(100)).find("the spam folder Junk\n") != std::string::npos);
  CHECK(explain_json(view).find("\"spam_folder\": \"Junk\"") != std::string::npos);
}

TEST_CASE("the status counts them, and says nothing where there are none") {
  StatusView view = sample::status();
  CHECK(status_text(view, sample::look(200)).find("; of them in a spam folder: 31, 2 in triage\n") !=
        std::string::npos);
  view.counts.spam_triage = 0;
  CHECK(status_text(view, sample::look(200)).find("; of them in a spam folder: 31\n") !=
        std::string::npos);
  view.counts.spam = 0;
  CHECK(status_text(view, sample::look(200)).find("spam") == std::string::npos);
}

}  // namespace papertray
