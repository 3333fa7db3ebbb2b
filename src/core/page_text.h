// A stranger's text for pages, calendars and bibliographies, which readers of a website see and copy.
//
// Unlike on a terminal (printable.h) nothing dangerous is made visible; it is left out: control
// characters, direction overrides, invisible characters (but the joiners that emoji and Indic scripts
// need), noncharacters, and combining marks piled up on one character. Bytes that are no UTF-8 become
// U+FFFD. Escaping is the business of who writes the format.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace papertray {

// More marks on one character are no language but an attack on the line above.
inline constexpr std::size_t most_marks = 4;

// One line: line breaks and blanks of any kind and number are one blank, none at the ends.
std::string page_line(std::string_view text);

// Lines end with LF; blanks at their ends go, several empty lines are one, none at the ends.
std::string page_lines(std::string_view text);

// Every e-mail address left out, and the brackets that would stand empty: "Ada <ada@example.org>" is
// "Ada",
// "{ada,bob}@example.org" nothing. "mAP@0.5" and "@ada" are none.
std::string without_addresses(std::string_view text);

// For a file's name: the words of the text in a-z, 0-9 and hyphens, at most `most` bytes; "" when there
// are none of these letters.
std::string file_words(std::string_view text, std::size_t most = 48);

}  // namespace papertray
