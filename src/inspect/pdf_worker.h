// One PDF's reader: `papertray-inspect pdf`.
#pragma once

#include <span>

namespace papertray {

inline constexpr int pdf_self_test_failed = 70;  // EX_SOFTWARE

// Gets ready, closes itself in, reads the PDF from descriptor 0, writes one JSON line for each stage
// that ends to descriptor 1 (inspect/pdf_answer.h). `words`: "ink" looks at the pages' ink too,
// "picture" sends page 1 as pixels, "unsafe" goes on without seccomp. Returns the exit code, for _exit.
int run_pdf_worker(std::span<char* const> words);

// Its two halves. Gets ready: loads and tries all that is opened once; false: it does not work here.
bool prepare_pdf_reading();
// Closes itself in and reads; `asked` are PdfAsked bits.
int read_one_pdf(unsigned asked);

}  // namespace papertray
