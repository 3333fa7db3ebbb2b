// How long a segment of the log becomes before the next is begun.
//
// Like `reached` (core/fail_point.h) alone in its file: papertray-faults defines it itself, so that a
// few mails come to a segment's end, too.
#pragma once

#include <cstdint>

namespace papertray {

std::uint64_t usual_segment_bytes();

}  // namespace papertray
