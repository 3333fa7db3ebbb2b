// The common case, told cheaply: text that needs no mending and whose columns are its bytes.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace papertray {

// Printable ASCII and nothing else. Eight bytes at a time: lists ask it of every cell of 100,000 rows.
inline bool plain_ascii(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101, tops = 0x80 * ones;
  const auto plain = [](std::uint64_t bytes) {
    const std::uint64_t low = bytes & ~tops;
    // With the top bit away nothing carries into its neighbour: the top bit tells >= 0x20, and >= 0x7f.
    return ((bytes | ~(low + 0x60 * ones) | (low + 0x01 * ones)) & tops) == 0;
  };
  for (; text.size() >= 8; text.remove_prefix(8)) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data(), 8);
    if (!plain(bytes)) return false;
  }
  std::uint64_t rest = 0x20 * ones;
  if (!text.empty()) std::memcpy(&rest, text.data(), text.size());
  return plain(rest);
}

}  // namespace papertray
