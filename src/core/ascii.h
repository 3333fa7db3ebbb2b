// ASCII only, whatever the locale: header names, zones and protocol words are compared so.
// Internal to core.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace papertray::ascii {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Whether all of a text is ASCII: nearly every one is, and then needs no look into Unicode's tables.
// Eight bytes at a time.
inline bool all(std::string_view text) {
  std::uint64_t high = 0;
  while (text.size() >= sizeof high) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data(), sizeof eight);
    high |= eight;
    text.remove_prefix(sizeof eight);
  }
  for (const char c : text)
    high |= static_cast<unsigned char>(c);
  return (high & 0x8080808080808080U) == 0;
}

inline std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return lower(c); });
  return out;
}

inline bool same(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

inline bool starts_with(std::string_view text, std::string_view head) {
  return text.size() >= head.size() && same(text.substr(0, head.size()), head);
}

inline bool ends_with(std::string_view text, std::string_view tail) {
  return text.size() >= tail.size() && same(text.substr(text.size() - tail.size()), tail);
}

inline std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_space(text.back()))
    text.remove_suffix(1);
  return text;
}

// A decimal number of 1 to `most` digits and nothing else; `most` is at most 9.
inline std::optional<int> number(std::string_view digits, std::size_t most) {
  if (digits.empty() || digits.size() > most) return std::nullopt;
  int value = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace papertray::ascii
