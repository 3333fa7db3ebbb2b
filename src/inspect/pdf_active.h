// What a PDF would do or carry beyond its pages.
#pragma once

#include <qpdf/QPDF.hh>

#include "core/pdf_facts.h"

namespace papertray {

// Looks at objects one by one, reachable or not: what an action hangs on does not matter.
void find_active(QPDF& pdf, PdfStructure& found);

}  // namespace papertray
