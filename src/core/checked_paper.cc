#include "core/checked_paper.h"

#include <algorithm>
#include <cmath>

namespace papertray {
namespace {

double hundredths(double points) {
  return std::round(points * 100) / 100;
}

// The checks without which nothing else can be said.
bool keeps_it_shut(const Finding& finding) {
  return finding.severity == Severity::error &&
         (finding.check == "opens" || finding.check == "encryption");
}

}  // namespace

CheckedPaper checked_paper(const PdfFacts& facts, const PaperStyle& style) {
  CheckedPaper paper;
  paper.verdict = check_paper(facts, style);
  paper.opens = std::ranges::none_of(paper.verdict.findings, keeps_it_shut);
  if (facts.title) {
    paper.title = facts.title->title;
    paper.authors = facts.title->authors;
  }
  if (facts.structure && !facts.structure->pages.empty()) {
    paper.width = hundredths(facts.structure->pages.front().width);
    paper.height = hundredths(facts.structure->pages.front().height);
  }
  if (facts.text) paper.sketch = facts.text->sketch;
  return paper;
}

bool wants_a_look(const Finding& finding) {
  return finding.severity != Severity::note || finding.for_organizers;
}

int count_to_look_at(const std::vector<Finding>& findings) {
  return static_cast<int>(std::ranges::count_if(findings, wants_a_look));
}

bool is_for_author(const Finding& finding) {
  return finding.severity != Severity::note && !finding.for_organizers;
}

}  // namespace papertray
