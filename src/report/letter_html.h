// The same letter as simple HTML, for readers that show nothing else well: paragraphs, tables as they
// are, quotations; no links, no pictures, nothing that is fetched.
#pragma once

#include <string>
#include <string_view>

namespace papertray {

// `text` is UTF-8 with LF, not wrapped: each line is meant as one. Lines that begin with a blank are a
// table and keep their columns; lines that begin with `>` are a quotation. Everything is escaped. Source
// lines stay within 76 bytes where words and tables allow it.
std::string letter_html(std::string_view title, std::string_view text);

}  // namespace papertray
