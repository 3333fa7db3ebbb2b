// Whether a descriptor can be read without waiting; -1 never can.
#pragma once

#include <poll.h>

namespace papertray {

inline bool readable(int descriptor) {
  pollfd waiting{descriptor, POLLIN, 0};
  return poll(&waiting, 1, 0) > 0;
}

}  // namespace papertray
