// Breaking long lines, in terminal columns (wide characters count two).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace papertray {

// A word that is wider than the line: kept whole (a link in a mail must stay one), or split (a
// terminal must not wrap by itself).
enum class LongWord { keep, split };

// One line without LF as lines of at most `width` columns: broken at blanks and between wide
// characters (Japanese has no blanks). Runs of blanks become one. Linear in the line's length.
std::vector<std::string> wrap_line(std::string_view line, std::size_t width, LongWord long_word);

// A mail's body: lines longer than `width` are wrapped, line breaks that are there stay. A line that
// begins with a blank (a table) is left as it is; one that begins with `>` (a quotation) goes on with
// `> `. Words are never split, so links and checksums stay whole. Blanks at line ends go, several
// empty lines become one, and the text ends with one LF.
std::string wrap_mail(std::string_view text, std::size_t width);

}  // namespace papertray
