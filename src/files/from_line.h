// The line that begins a mail in an mbox: `From SENDER DATE`. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/time.h"

namespace papertray {

// A From line has a sender of at most 320 bytes and a date: a longer line is text.
inline constexpr std::size_t longest_from_line = 1024;

enum class FromLine {
  no,       // text
  perhaps,  // `From -` or `From sender@host` without a date: if a header field follows
  yes,
};

struct FromLineRead {
  FromLine is = FromLine::no;
  std::optional<Time> date;  // UTC unless the line tells a zone (asctime tells none)
};

// The line without its end. The date is what asctime writes, with or without weekday, seconds and zone
// (before or behind the year), or RFC 5322's order; `remote from HOST` may follow.
FromLineRead read_from_line(std::string_view line);

// `Name:` at the start, RFC 5322 section 2.2.
bool begins_header_field(std::string_view line);

}  // namespace papertray
