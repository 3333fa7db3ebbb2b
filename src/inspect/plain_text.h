// Small repairs on text that came out of a mail.
#pragma once

#include <string>
#include <string_view>

namespace papertray {

// Line ends to LF, NUL and byte order marks dropped.
std::string clean_text(std::string_view utf8);

// A value for one line: valid UTF-8, no NUL, CR or LF becomes a blank, at most `most` bytes (cut between
// characters).
std::string line_value(std::string_view bytes, std::size_t most);

// At most `most` bytes, cut between characters. True when something was cut.
bool cut_utf8(std::string& text, std::size_t most);

std::string lower_ascii(std::string_view text);
bool same_ascii(std::string_view a, std::string_view b);
std::string_view trim(std::string_view text);
bool is_blank_text(std::string_view text);  // blanks, tabs, line ends, no-break spaces only

}  // namespace papertray
