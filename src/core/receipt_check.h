// What a receipt tells of the look into its paper. Pure; texts of strangers in it are one line each, and
// cut.
#pragma once

#include <string>

#include "core/checked_paper.h"
#include "core/paper_style.h"

namespace papertray {

// "3, of which 2 count (up to References); US Letter"; "" when nothing is known of its pages.
std::string found_words(const CheckedPaper& paper, const PaperStyle& style);

// One "- sentence" a line for all that its author should look at, errors first; "" for none.
std::string findings_words(const CheckedPaper& paper);

}  // namespace papertray
