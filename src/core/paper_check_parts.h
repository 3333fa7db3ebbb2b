// The checks of a paper's pages, one function each. Internal to core; core/paper_check.h puts them
// together.
#pragma once

#include <cstdint>

#include "core/paper_check.h"

namespace papertray {

class PaperFindings {
 public:
  void add(std::string_view check, Severity severity, std::string measured, std::string expected,
           int page, std::string text, bool for_organizers = false);
  // In the order of paper_check_names().
  std::vector<Finding> sorted();

 private:
  std::vector<Finding> findings_;
};

// The pages that count against the limit.
struct PageCount {
  int pages = 0;
  std::string stopped_at;  // the heading, as it stands there
  int stop_page = 0;
  int lines_on_last = 0;  // lines of text on the last counted page
};
PageCount count_pages(const PdfFacts& facts, const PaperStyle& style);

void check_page_size(const PdfFacts& facts, const PaperStyle& style, PaperFindings& findings);
void check_page_limit(const PdfFacts& facts, const PaperStyle& style, const PageCount& counted,
                      PaperFindings& findings);
// Size, leading, family.
void check_type(const PdfFacts& facts, const PaperStyle& style, PaperFindings& findings);
// Width, left edge, height, columns, margin.
void check_block(const PdfFacts& facts, const PaperStyle& style, const PageCount& counted,
                 PaperFindings& findings);
void check_ink(const PdfFacts& facts, const PaperStyle& style, const PageCount& counted,
               PaperFindings& findings);

std::string megabytes(std::uint64_t bytes);                // "33.5 MB"
std::string points(double value);                          // "396 pt", "9.96 pt"
std::string page_size_words(double width, double height);  // "595 x 842 pt (A4)"

}  // namespace papertray
