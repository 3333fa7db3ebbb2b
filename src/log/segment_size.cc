#include "log/segment_size.h"

namespace papertray {

// Large enough that a desk has few, small enough to copy one. A larger mail makes a larger segment.
std::uint64_t usual_segment_bytes() {
  return 256ULL * 1024 * 1024;
}

}  // namespace papertray
