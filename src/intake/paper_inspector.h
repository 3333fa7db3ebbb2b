// Looks at a paper somewhere safe. The only way from a PDF's bytes to PdfFacts.
#pragma once

#include "core/pdf_facts.h"

namespace papertray {

class PaperInspector {
 public:
  virtual ~PaperInspector() = default;
  // `pdf` is a descriptor open for reading, read from its beginning; its position does not change when
  // it is a file. Blocks for a bounded time. A PDF that kills, stalls or fools its reader is told in
  // PdfFacts::failures, with what was found before; nothing about a PDF throws. May be called from
  // several threads at once.
  // Throws Failure (program) only when no reader can be started at all.
  virtual PdfFacts look_at(int pdf) = 0;
};

}  // namespace papertray
