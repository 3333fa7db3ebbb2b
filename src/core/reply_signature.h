// What stands below the words of a person at the end of a mail: a signature, a mail program's line, a
// disclaimer. Internal to core.
#pragma once

#include <cstddef>
#include <optional>

#include "core/reply_lines.h"
#include "core/reply_text.h"

namespace papertray {

// The last of these in the lines [begin, end), of which the last is neither blank nor quoted, and
// nothing quoted stands between it and what is found: Cut::end is `end`.
std::optional<Cut> closing_part(const ReplyLines& lines, std::size_t begin, std::size_t end);

// "Sent from my iPhone", as a line.
bool is_client_line(const ReplyLines& lines, std::size_t i);

}  // namespace papertray
