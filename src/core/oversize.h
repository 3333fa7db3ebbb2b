// A mail that is too large to be taken in: only its header was read, so that its sender can be told.
#pragma once

#include <cstdint>

namespace papertray {

struct Oversize {
  std::uint64_t whole = 0;    // bytes of the mail, by the server's word
  std::uint64_t largest = 0;  // the limit that it is above, in bytes
  bool operator==(const Oversize&) const = default;
};

}  // namespace papertray
