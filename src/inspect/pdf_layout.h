// Measures what a paper's text looks like: banal's method (the size of most letters, the commonest
// distance of lines, 10% quantiles as edges), on words instead of pdftohtml's lines.
#pragma once

#include "core/pdf_facts.h"
#include "inspect/pdf_words.h"

namespace papertray {

// Takes line numbers out of the words. Pure and linear in them, but for sorting.
PdfText lay_out(PdfWords& words);

// The title and the authors of the first page; not the metadata.
PdfTitle find_title(const PdfWords& words, double body_size);

}  // namespace papertray
