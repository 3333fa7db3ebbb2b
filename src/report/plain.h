// The common case, told cheaply: text that needs no mending and whose columns are its bytes.
#pragma once

#include <algorithm>
#include <string_view>

namespace papertray {

// Printable ASCII and nothing else.
inline bool plain_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
}

}  // namespace papertray
