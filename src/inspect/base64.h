// The usual base64, fast. What is unusual stays with GMime, which knows what to make of it.
#pragma once

#include <cstddef>
#include <string_view>

namespace papertray {

struct Base64Run {
  std::size_t read = 0;     // characters
  std::size_t written = 0;  // bytes: at most three for four characters
};

// Decodes the beginning of `encoded` that is nothing but whole groups of four characters of the alphabet
// (RFC 4648 section 4) with line ends between them, and stops at the first group that is anything
// else: padding, a blank, a line end within, a stranger's byte, the end. `most` characters are read.
Base64Run decode_whole_groups(std::string_view encoded, std::size_t most, char* to);

}  // namespace papertray
