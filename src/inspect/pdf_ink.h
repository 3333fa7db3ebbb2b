// Pages as pictures, by poppler.
#pragma once

#include "inspect/pdf_text.h"

namespace papertray {

// What is not white on the first pages.
PdfInk read_ink(const PopplerPaper& paper, const PdfStructure* structure);

// Page 1. Throws std::runtime_error when it cannot be drawn.
PdfPicture draw_first_page(const PopplerPaper& paper, const PdfStructure* structure);

}  // namespace papertray
