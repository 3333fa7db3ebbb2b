// "On Tue, 1 Mar 2011 at 18:02, Ada <ada@example.org> wrote:", over one line or several, in the
// languages and dresses of mail programs. Internal to core.
#pragma once

#include <cstddef>
#include <optional>

#include "core/reply_lines.h"

namespace papertray {

struct Attribution {
  std::size_t first = 0, end = 0;  // lines
  bool before_quote = false;       // lines that are marked as quoted follow
};

// One that ends with line `last` and begins at `begin` or after it. What it claims is weighed: a date, a
// time, an address, a verb. With a quote below it less is asked for than without.
std::optional<Attribution> attribution_at(const ReplyLines& lines, std::size_t begin, std::size_t last);

// Whether the line, said to be quoted, is one by itself: "> Ada wrote:".
bool is_quoted_attribution(const ReplyLines& lines, std::size_t line);

}  // namespace papertray
