// What `check-pdf` shows: each paper with its findings.
#pragma once

#include <string>
#include <vector>

#include "core/paper_check.h"
#include "report/look.h"

namespace papertray {

struct PaperView {
  std::string file;  // as given
  std::string sha256;
  std::string style;     // its name
  std::string style_id;  // what --style calls it
  PaperVerdict verdict;
  std::string title, authors, meta_title;
  double width = 0, height = 0;  // of page 1, points; 0: not known
};

// "3, 2 of them before "References""; "" when none could be counted.
std::string pages_text(const PaperVerdict& verdict);
// A line for each.
class Facts;
void add_findings(Facts& facts, const std::vector<Finding>& found);

std::string paper_check_text(const std::vector<PaperView>& papers, const Look& look);
std::string paper_check_json(const std::vector<PaperView>& papers);

}  // namespace papertray
