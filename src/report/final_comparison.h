// A final copy beside the version that was accepted: what is another in it, as far as the looks at both
// tell.
#pragma once

#include <optional>
#include <string>

#include "report/reader.h"

namespace papertray {

struct FinalComparison {
  int accepted = 0;  // the version that was accepted
  bool same_file = false;
  std::string title_was, title_is;   // "" when the PDF tells none
  int pages_was = 0, pages_is = 0;   // 0: could not be counted
  std::optional<int> percent_alike;  // of both texts; nullopt: a text is not known
};

// nullopt: it is no final copy, there is nothing accepted beside it, or one of the two was not looked at
// yet.
std::optional<FinalComparison> compared_with_accepted(const ShownSubmission& shown,
                                                      const VersionRow& row);

// "as version 1: same title, 2 pages, text 87 % alike"
std::string comparison_text(const FinalComparison& comparison);

}  // namespace papertray
