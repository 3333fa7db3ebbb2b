// What papertray and the server of its PDF readers say to each other: one byte of these bits with two
// descriptors (the PDF, and where to answer), and a process id back, or the negative number of an error.
#pragma once

#include <cstdint>

namespace papertray {

inline constexpr unsigned pdf_asked_ink = 1, pdf_asked_picture = 2, pdf_asked_unsafe = 4;

using PdfStarted = std::int32_t;

}  // namespace papertray
