// What is kept of one look at a paper: what was found, and the verdict. Plain data, for the log and for
// people.
#pragma once

#include <string>
#include <vector>

#include "core/paper_check.h"

namespace papertray {

struct CheckedPaper {
  bool opens = false;            // its pages could be looked at
  PaperVerdict verdict;          // pages, counted_pages, stopped_at, findings
  std::string title;             // the largest text of page 1, "" when it has none
  std::string authors;           // the lines below it
  double width = 0, height = 0;  // of page 1, points, to the hundredth; 0: not known
  std::string sketch;            // of its text (core/text_sketch.h), "" without

  bool operator==(const CheckedPaper&) const = default;
};

CheckedPaper checked_paper(const PdfFacts& facts, const PaperStyle& style);

// For people: errors, warnings, and whatever concerns organizers only.
bool wants_a_look(const Finding& finding);
int count_to_look_at(const std::vector<Finding>& findings);

// What its author is told: errors and warnings, but not what concerns organizers only.
bool is_for_author(const Finding& finding);

}  // namespace papertray
