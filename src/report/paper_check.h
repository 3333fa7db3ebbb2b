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

std::string paper_check_text(const std::vector<PaperView>& papers, const Look& look);
std::string paper_check_json(const std::vector<PaperView>& papers);

}  // namespace papertray
