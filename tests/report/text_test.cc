// What people see, as golden files at three widths; look into tests/report/text/.
#include "report/text.h"

#include <functional>

#include <doctest/doctest.h>

#include "core/printable.h"
#include "report/golden.h"
#include "report/samples.h"

namespace papertray {
namespace {

struct View {
  const char* name;
  std::function<std::string(const Look&)> text;
};

const std::vector<View>& views() {
  static const std::vector<View> all = {
      {"status", [](const Look& look) { return status_text(sample::status(), look); }},
      {"list-papers", [](const Look& look) { return papers_text(sample::papers(), look); }},
      {"list-questions", [](const Look& look) { return questions_text(sample::questions(), look); }},
      {"list-messages", [](const Look& look) { return messages_text(sample::messages(), look); }},
      {"list-triage", [](const Look& look) { return triage_text(sample::messages(), look); }},
      {"list-outbox", [](const Look& look) { return outbox_text(sample::outbox(), look); }},
      {"show-outbox",
       [](const Look& look) {
         return letter_text(sample::letter(), "Dear author,\n\nwe found no paper in your mail.\n", look);
       }},
      {"outbox-retry", [](const Look& look) { return ordered_text(sample::ordered(), look); }},
      {"show-submission", [](const Look& look) { return submission_text(sample::submission(), look); }},
      {"show-accepted", [](const Look& look) { return submission_text(sample::accepted(), look); }},
      {"notify", [](const Look& look) { return notices_text(sample::notices(), look); }},
      {"show-question", [](const Look& look) { return submission_text(sample::question(), look); }},
      {"show-question-full",
       [](const Look& look) { return submission_text(sample::question(), look, true); }},
      {"show-message", [](const Look& look) { return message_text(sample::message(), look); }},
      {"explain", [](const Look& look) { return explain_text(sample::explanation(), look); }},
      {"doctor", [](const Look& look) { return doctor_text(sample::checks(), look); }},
      {"dry-run", [](const Look& look) { return would_take_text(sample::would_take(), look); }},
  };
  return all;
}

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    widest = std::max(widest, columns(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return widest;
}

std::string without_colour(const std::string& text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\x1b')
      at = text.find('m', at);
    else
      plain += text[at];
  }
  return plain;
}

}  // namespace

TEST_CASE("triage tells what asks for a decision in full, with the command") {
  std::vector<MessageRow> rows = sample::messages();
  rows[0].open_notes = {
      "the same title as P-3 from another address; if it is the same paper: papertray merge "
      "P-7 --into P-3"};
  rows[0].notes.push_back(rows[0].open_notes[0]);
  check_golden("text/list-triage-open.80.txt", triage_text(rows, sample::look(80)));
  std::string flowing = triage_text(rows, sample::look(60));
  CHECK(flowing.find("To decide") != std::string::npos);
  ShownSubmission shown = sample::submission();
  shown.messages = {rows[0]};
  CHECK(submission_text(shown, sample::look(120)).find("papertray merge P-7 --into P-3") !=
        std::string::npos);
}

TEST_CASE("each view at 60, 80 and 120 columns") {
  for (const View& view : views())
    for (const int width : {60, 80, 120})
      check_golden("text/" + std::string(view.name) + "." + std::to_string(width) + ".txt",
                   view.text(sample::look(width)));
}

TEST_CASE("no view is wider than its terminal, and each ends with a line end") {
  for (const View& view : views())
    for (int width = 20; width <= 130; ++width) {
      const std::string text = view.text(sample::look(width));
      CAPTURE(view.name);
      CAPTURE(width);
      CHECK(widest_line(text) <= static_cast<std::size_t>(width));
      CHECK(text.ends_with('\n'));
      CHECK(text.find(" \n") == std::string::npos);
    }
}

TEST_CASE("colour only when told, and it adds nothing but colour") {
  for (const View& view : views()) {
    CAPTURE(view.name);
    Look look = sample::look(80);
    const std::string plain = view.text(look);
    look.colour = true;
    const std::string coloured = view.text(look);
    CHECK(plain.find('\x1b') == std::string::npos);
    CHECK(coloured.find('\x1b') != std::string::npos);
    CHECK(without_colour(coloured) == plain);
  }
}

TEST_CASE("an empty list is one sentence") {
  const Look look = sample::look(80);
  CHECK(papers_text({}, look) == "There are no papers to list.\n");
  CHECK(questions_text({}, look) == "There are no questions to list.\n");
  CHECK(messages_text({}, look) == "There are no messages to list.\n");
  CHECK(triage_text({}, look) == "Nothing waits in triage.\n");
  CHECK(outbox_text({}, look) == "The outbox is empty.\n");
}

TEST_CASE("explain says when the record differs from what the rules say now") {
  ExplainView view = sample::explanation();
  CHECK(explain_text(view, sample::look(80)).find("on record") == std::string::npos);
  view.recorded_fate = Fate::triage;
  view.recorded_reason = "the subject named no track then";
  CHECK(explain_text(view, sample::look(120))
            .find("on record  triage: the subject named no track then\n") != std::string::npos);
  view.recorded_fate.reset();
  CHECK(explain_text(view, sample::look(120))
            .find("on record  nothing: this mail has not been taken in\n") != std::string::npos);
}

TEST_CASE("explain says why there is no reply") {
  ExplainView view = sample::explanation();
  view.may_reply = {.yes = false, .to = "", .reason = "Auto-Submitted: auto-replied"};
  CHECK(explain_text(view, sample::look(100)).find("may reply  no: Auto-Submitted: auto-replied\n") !=
        std::string::npos);
}

}  // namespace papertray
