// Where a mail that is quoted or passed on begins without any mark on its lines: a line of dashes with a
// title, headers ("From:", "Sent:", "To:", "Subject:"), or both. Internal to core.
#pragma once

#include <cstddef>
#include <optional>

#include "core/reply_lines.h"

namespace papertray {

struct OtherMail {
  enum class Told { original, forwarded, headers_alone };
  Told told = Told::headers_alone;
  std::size_t first = 0;                 // line: the title, or the rule above it, or the first header
  std::size_t content = 0;               // line after the headers
  std::optional<std::size_t> from = {};  // line of the header that names its author
};

// One that begins with line `i`, not looking above `begin`.
std::optional<OtherMail> other_mail_at(const ReplyLines& lines, std::size_t begin, std::size_t i);

// "________": one mark and nothing else, at least `least` times. 0 when it is none, else the mark (its
// first byte).
char rule_of(std::string_view line, std::size_t least);

}  // namespace papertray
