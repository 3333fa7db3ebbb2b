// The moderator's sheet.
#include "report/question_sheet.h"

#include <doctest/doctest.h>

#include "core/printable.h"
#include "report/golden.h"
#include "report/samples.h"

namespace papertray {
namespace {

QuestionRow asked(const char* id, const char* name, const char* text) {
  QuestionRow row;
  row.id = id;
  row.asker = std::string("secret-") + id + "@example.org";
  row.asker_name = name;
  row.text = text;
  row.panel = 1;
  return row;
}

QuestionSheet sheet() {
  return {
      .workshop = "Deep Learning At Supercomputer Scale",
      .panel = 1,
      .askers = false,
      .rows = {asked("Q-1", "Alan",
                     "How do you keep the learning rate stable when the batch grows with the number of "
                     "nodes?\n\nAnd when it does not?"),
               asked("Q-4", "", "Which network topology suits all-reduce best?"),
               asked("Q-9", "Grace <b>",
                     "How do you keep the learning rate stable when the batch grows with the number of "
                     "GPUs?")}};
}

}  // namespace

TEST_CASE("a sheet to print") {
  check_golden("text/question-sheet.80.txt", question_sheet_text(sheet(), sample::look(80)));
  QuestionSheet named = sheet();
  named.askers = true;
  check_golden("text/question-sheet-askers.60.txt", question_sheet_text(named, sample::look(60)));
  check_golden("text/question-sheet.html", question_sheet_html(named, sample::look(80)));
  CHECK(question_sheet_text({.workshop = "W", .panel = 2, .askers = false, .rows = {}}, sample::look(80))
            .find("0 questions") != std::string::npos);
}

TEST_CASE("no address, and names only when they are wanted") {
  for (const bool askers : {false, true}) {
    QuestionSheet one = sheet();
    one.askers = askers;
    for (const std::string& text :
         {question_sheet_text(one, sample::look(80)), question_sheet_html(one, sample::look(80))}) {
      CHECK(text.find("@example.org") == std::string::npos);
      CHECK((text.find("Alan") != std::string::npos) == askers);
    }
  }
}

TEST_CASE("strangers write only text") {
  QuestionSheet one = sheet();
  one.askers = true;
  one.rows = {asked("Q-1", "\x1b[31m<script>",
                    "<script>alert(1)</script>\x1b[2J\xE2\x80\xAE"
                    "abc"
                    "\x07 <img src=x>")};
  one.rows[0].text += std::string(10'000, 'x');
  const std::string html = question_sheet_html(one, sample::look(80));
  CHECK(html.find("<script") == std::string::npos);
  CHECK(html.find("<img") == std::string::npos);
  CHECK(html.find('\x1b') == std::string::npos);
  const std::string text = question_sheet_text(one, sample::look(80));
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    CHECK(columns(text.substr(begin, end - begin)) <= 80);
    begin = end + 1;
  }
}

}  // namespace papertray
