// One block of a tar file as a file's header (POSIX.1-2001, ustar). Internal to log/.
//
// The log writes and reads its tar headers itself. libarchive did it at first, but libarchive.so pulls
// in libxml2, and a parser of strangers' bytes has no place in the process that holds the credentials.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace papertray {

inline constexpr std::size_t tar_block = 512;

// What eleven octal digits hold: of sizes 8 GiB, of times the year 2242.
inline constexpr std::uint64_t max_ustar_number = (std::uint64_t{1} << 33) - 1;
// Longer names would need the prefix field or a pax record; ours are at most 84 bytes.
inline constexpr std::size_t max_ustar_name = 100;

constexpr std::uint64_t whole_blocks(std::uint64_t bytes) {
  return (bytes + tar_block - 1) / tar_block * tar_block;
}

// 'x': extended records for the next header follow. '0': a file's bytes follow.
enum class BlockType : char { records = 'x', file = '0' };

struct TarBlock {
  BlockType type = BlockType::file;
  std::string_view name;   // at most max_ustar_name bytes
  std::uint64_t size = 0;  // of what follows; at most max_ustar_number
  std::uint64_t time = 0;  // seconds since 1970; at most max_ustar_number
};

// Mode 0600, owner and group 0. Writes every byte of it.
void write_tar_block(const TarBlock& header, std::span<char, tar_block> to);

// nullopt for anything but a header of these two types with a checksum that holds and numbers as they
// are written here (the sign, the base-256 and the blanks that other programs write are refused). The
// name points into `block`.
std::optional<TarBlock> read_tar_block(std::span<const char> block);

}  // namespace papertray
