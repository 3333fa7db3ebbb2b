// A final copy beside what was accepted.
#include "report/final_comparison.h"

#include <doctest/doctest.h>

#include "core/text_sketch.h"
#include "report/samples.h"

namespace papertray {
namespace {

VersionRow looked_at(int number, const std::string& title, int pages, const std::string& text) {
  VersionRow row;
  row.version = number;
  row.sha256 = std::to_string(number) + title + text;
  row.file = "P-007.pdf";
  PaperCheckRow check;
  check.paper.opens = true;
  check.paper.title = title;
  check.paper.verdict.pages = pages;
  check.paper.sketch = text_sketch(text);
  row.check = check;
  return row;
}

std::string told(VersionRow accepted, VersionRow final_copy) {
  accepted.counts = true;
  final_copy.final_copy = true;
  ShownSubmission shown;
  shown.versions = {std::move(accepted), std::move(final_copy)};
  const auto comparison = compared_with_accepted(shown, shown.versions[1]);
  return comparison ? comparison_text(*comparison) : "";
}

const std::string text =
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen";

}  // namespace

TEST_CASE("a final copy is compared with the version that was accepted") {
  CHECK(told(looked_at(1, "Deep Nets", 2, text), looked_at(2, "Deep nets", 2, text)) ==
        "version 1: same title, 2 pages, text 100 % alike");
  CHECK(told(looked_at(1, "Deep Nets", 2, text),
             looked_at(3, "Deeper Nets", 3, "quite another text than before")) ==
        "version 1: title was \"Deep Nets\", is \"Deeper Nets\", 3 pages instead of 2 pages, text 0 % "
        "alike");
  CHECK(told(looked_at(1, "", 0, ""), looked_at(2, "Deep Nets", 1, text)) ==
        "version 1: title not known, 1 page instead of uncounted pages, text not known");
}

TEST_CASE("the same file needs no look, and without a look nothing is said") {
  VersionRow once = looked_at(1, "Deep Nets", 2, text);
  VersionRow again = once;
  again.version = 2;
  once.check.reset();
  CHECK(told(once, again) == "version 1: the same file");
  VersionRow other = looked_at(2, "Deep Nets", 2, text);
  CHECK(told(once, other) == "");
  other.check.reset();
  CHECK(told(looked_at(1, "Deep Nets", 2, text), other) == "");
  // And what is no final copy is compared with nothing.
  ShownSubmission shown;
  shown.versions = {looked_at(1, "a", 1, text), looked_at(2, "b", 1, text)};
  shown.versions[0].counts = true;
  CHECK_FALSE(compared_with_accepted(shown, shown.versions[1]));
}

}  // namespace papertray
