// What qpdf tells of a PDF: lock, pages, fonts, active content, and whether it is a bomb.
#pragma once

#include <string_view>

#include "core/pdf_facts.h"

namespace papertray {

// Throws what qpdf throws, which is not QPDFExc alone, and bad_alloc. A locked PDF is no failure.
PdfStructure read_structure(std::string_view pdf);

}  // namespace papertray
