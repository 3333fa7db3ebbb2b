// Whatever a stranger writes, the terminal sees only printable characters, in lines that fit.
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/printable.h"
#include "report/csv.h"
#include "report/json.h"
#include "report/samples.h"
#include "report/text.h"

namespace papertray {
namespace {

const std::string hostile_values[] = {
    "\x1b[2J\x1b[1;31mgone\x1b]0;title\x07",
    "\xc2\x9b"
    "2J",  // CSI as one C1 character
    "line\nbreak\r\nand\rmore\vor\fless",
    "right \u202Etxt.exe\u202C to left \u2066x\u2069",
    "zero\u200Bwidth\uFEFF\u2060",
    std::string(10'000, 'x'),
    [] {
      std::string wide;
      for (int i = 0; i < 10'000; ++i)
        wide += "深";
      return wide;
    }(),
    "👩‍💻🏳️‍🌈👍🏽",
    std::string("nul\0byte", 8),
    "\xff\xfe\x80\xc0\xaf\xed\xa0\x80",
    "<script>alert(1)</script>",
    "e" + std::string(3'000, '\xcc') + "\x81",
    "\u2028\u2029\u0085",
};

// Every field that a stranger chooses.
std::vector<std::string> texts_with(const std::string& value, const Look& look) {
  PaperRow paper = sample::papers()[0];
  paper.title = paper.submitter = paper.submitter_name = value;
  QuestionRow question = sample::questions()[0];
  question.text = question.asker = question.asker_name = value;
  MessageRow message = sample::messages()[0];
  message.subject = message.from = message.message_id = message.reason = value;
  message.notes = {value, value};
  OutboxListRow row = sample::outbox()[1];
  row.to = row.reason = row.subject = value;
  ShownSubmission submission = sample::submission();
  submission.title = submission.submitter = submission.submitter_name = value;
  submission.versions[0].file_name = submission.versions[0].text = value;
  submission.messages = {message};
  submission.outbox = {row};
  submission.history[0].what = value;
  ShownMessage shown = sample::message();
  shown.row = message;
  shown.from_name = shown.places[0].folder = shown.places[0].name = value;
  shown.outbox = {row};
  ExplainView view = sample::explanation();
  view.what = view.message_id = view.from = view.from_name = view.subject = value;
  view.notes = view.decision.notes = view.decision.trace = {value};
  view.decision.reason = view.match_reason = view.match_note = view.may_reply.to = value;
  StatusView status = sample::status();
  status.workshop = status.mailbox.detail = value;
  return {papers_text({paper}, look),
          questions_text({question}, look),
          messages_text({message}, look),
          triage_text({message}, look),
          outbox_text({row}, look),
          submission_text(submission, look),
          message_text(shown, look),
          explain_text(view, look),
          status_text(status, look),
          papers_csv({paper}),
          questions_csv({question}),
          messages_csv({message}),
          outbox_csv({row}),
          papers_json({paper}),
          questions_json({question}),
          messages_json({message}),
          outbox_json({row}),
          submission_json(submission),
          message_json(shown),
          explain_json(view),
          status_json(status, look.now)};
}

constexpr std::size_t text_views = 9;
constexpr std::size_t csv_views = 4;

}  // namespace

TEST_CASE("no control, direction or invisible character of a sender is printed") {
  for (const std::string& value : hostile_values)
    for (const std::string& text : texts_with(value, sample::look(80))) {
      CAPTURE(text.substr(0, 300));
      CHECK(many_lines(text) == text);
    }
}

TEST_CASE("hostile values break no line beyond the width") {
  for (const std::string& value : hostile_values)
    for (const int width : {20, 60, 80, 120}) {
      const std::vector<std::string> texts = texts_with(value, sample::look(width));
      for (std::size_t i = 0; i < text_views; ++i)
        for (std::size_t begin = 0; begin < texts[i].size();) {
          const std::size_t end = texts[i].find('\n', begin);
          REQUIRE(end != std::string::npos);
          const std::string line = texts[i].substr(begin, end - begin);
          if (columns(line) > static_cast<std::size_t>(width)) {
            CAPTURE(i);
            CAPTURE(width);
            CAPTURE(line);
            CHECK(columns(line) <= static_cast<std::size_t>(width));
          }
          begin = end + 1;
        }
    }
}

TEST_CASE("a line break in a subject makes no second row") {
  MessageRow row = sample::messages()[0];
  row.subject = "one\nM-99  forged row";
  const std::string text = messages_text({row}, sample::look(120));
  CHECK(std::count(text.begin(), text.end(), '\n') == 2);
}

TEST_CASE("hostile values leave JSON valid") {
  for (const std::string& value : hostile_values) {
    const std::vector<std::string> texts = texts_with(value, sample::look(80));
    for (std::size_t i = text_views + csv_views; i < texts.size(); ++i)
      CHECK(nlohmann::json::accept(texts[i]));
  }
}

}  // namespace papertray
