// One PDF's reader: `papertray-inspect pdf`.
#pragma once

#include <span>

namespace papertray {

// Gets ready, closes itself in, reads the PDF from descriptor 0, writes one JSON line for each stage
// that ends to descriptor 1 (inspect/pdf_answer.h). `words`: "ink" looks at the pages' ink too,
// "picture" sends page 1 as pixels, "unsafe" goes on without seccomp. Returns the exit code, for _exit.
int run_pdf_worker(std::span<char* const> words);

}  // namespace papertray
