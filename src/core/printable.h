// A stranger's text made safe to show: no escape sequence, no line break, no direction override
// reaches a terminal, a log line or a table.
#pragma once

#include <string>
#include <string_view>

namespace papertray {

// Control characters (C0, C1, DEL), bidirectional controls and zero-width characters become
// visible (`\x1b`, `\u202e`) or a blank; bytes that are no UTF-8 become U+FFFD.
std::string one_line(std::string_view text);

// The same, but LF and TAB stay.
std::string many_lines(std::string_view text);

// Columns on a terminal (wide characters count two, combining ones none).
std::size_t columns(std::string_view utf8);

// At most `width` columns, ended by `…` when something was cut.
std::string cut_to(std::string_view utf8, std::size_t width);

// Replaces every byte that is no UTF-8 by U+FFFD.
std::string valid_utf8(std::string_view bytes);

}  // namespace papertray
