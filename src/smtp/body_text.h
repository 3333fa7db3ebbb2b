// The lines of a mail's text as they travel.
#pragma once

#include <string>
#include <string_view>

namespace papertray {

// Valid UTF-8 with LF line ends, the last line ended too: what the reader is to see.
std::string text_lines(std::string_view text);

// Whether text_lines can go as 7bit: printable ASCII and TAB, at most 76 columns, no blank at a line's
// end, no line that a server or an mbox file treats specially ("From ", ".").
bool goes_7bit(std::string_view lines);

// LF to CRLF.
std::string with_crlf(std::string_view lines);

// Quoted-printable (RFC 2045 section 6.7), CRLF, at most 76 columns. Done here, line by line: mimetic's
// encoder writes line ends as =0D=0A, soft breaks as a bare LF, and every blank after a letter that is
// not ASCII as =20.
std::string quoted_printable(std::string_view lines);

}  // namespace papertray
