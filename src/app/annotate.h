// Page 1 with the style's text block and the one that was measured drawn over it.
#pragma once

#include <string>

#include "core/paper_style.h"
#include "core/pdf_facts.h"

namespace papertray {

// The bytes of a PNG. Green: where the text should be. Red: where it is, if that is measured.
std::string annotated_png(PdfPicture picture, const PdfFacts& facts, const PaperStyle& style);

}  // namespace papertray
