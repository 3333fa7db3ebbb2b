// Protocol words are ASCII and compare without case, whatever the locale.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace papertray::protocol {

inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

inline char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline bool equal_nocase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, ascii_lower, ascii_lower);
}

inline bool starts_with_nocase(std::string_view text, std::string_view start) {
  return equal_nocase(text.substr(0, start.size()), start);
}

inline bool contains_nocase(std::string_view text, std::string_view part) {
  return !std::ranges::search(text, part, {}, ascii_lower, ascii_lower).empty() || part.empty();
}

inline bool has_control(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

}  // namespace papertray::protocol
