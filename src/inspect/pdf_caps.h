// The limits of reading one PDF, with their reasons. The reader keeps them because a PDF is hostile,
// the client keeps those of the answer again because the reader may have become so.
#pragma once

#include <cstddef>
#include <cstdint>

#include "inspect/caps.h"

namespace papertray::pdf_caps {

// A paper of two pages with photographs has some 5 MB; published ones reached 13 MB.
inline constexpr std::uint64_t file_bytes = 32 * caps::mib;

// Measured over 1,956 runs: what is honest stays below 120 MB, what is not stops here.
inline constexpr std::uint64_t address_space = 256 * caps::mib;
inline constexpr std::uint64_t cpu_seconds = 3;  // the slowest honest one took 1.3 s
#ifdef PAPERTRAY_SANITIZED  // which makes pipes
inline constexpr std::uint64_t open_files = 12;
#else
inline constexpr std::uint64_t open_files = 3;  // 0, 1, 2
#endif

// Page contents decoded, all together: text and vector figures of a long thesis have some 20 MB. A
// bomb has thousands of times its size.
inline constexpr std::uint64_t decoded_bytes = 64 * caps::mib;

// What is looked at. The rest is counted and no more.
inline constexpr std::size_t pages = 500;           // boxes and text
inline constexpr std::size_t tree_nodes = 200'000;  // of the page tree; people's have some 1.1 a page
inline constexpr std::size_t tree_depth = 1'000;    // people's have 4; libraries recurse over it
inline constexpr std::size_t objects = 50'000;      // searched for active content; papers have 2,000
inline constexpr std::size_t nested = 2'000;        // direct values within one object
inline constexpr std::size_t fonts = 300;
inline constexpr std::size_t words_of_page = 60'000;  // the fullest honest page had 6,000
inline constexpr std::size_t words = 600'000;         // of all pages; 100 bytes each
inline constexpr std::size_t headings = 500;
inline constexpr std::size_t ink_pages = 10;

// Texts of the answer, cut.
inline constexpr std::size_t font_name_bytes = 100;
inline constexpr std::size_t heading_bytes = 200;
inline constexpr std::size_t title_bytes = 1'000;
inline constexpr std::size_t authors_bytes = 4'000;
inline constexpr std::size_t detail_bytes = 300;

// One line a stage; the longest has 500 pages of 14 numbers.
inline constexpr std::size_t line_bytes = 1 * caps::mib;

// A picture of page 1: 100 dots an inch of Letter is 850 x 1100.
inline constexpr int picture_dpi = 100;
inline constexpr int picture_side = 2'000;
inline constexpr int ink_dpi = 50;

}  // namespace papertray::pdf_caps
