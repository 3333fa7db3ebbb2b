// Sequence sets: `1:5,7`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace papertray {

// RFC 7162 section 4: command lines up to 8,192 bytes must work; this leaves room for the rest of it.
inline constexpr std::size_t longest_set = 4000;

struct UidSet {
  std::string text;                 // at most longest_set bytes
  std::vector<std::uint32_t> uids;  // the ones it names
};

// `ascending` without doubles; several sets when one would be too long.
std::vector<UidSet> uid_sets(std::span<const std::uint32_t> ascending);

}  // namespace papertray
