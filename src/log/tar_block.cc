#include "log/tar_block.h"

#include <algorithm>
#include <cstring>

namespace papertray {
namespace {

// Where the fields lie, and how long they are.
struct Field {
  std::size_t at, length;
};
constexpr Field name_field{0, 100}, mode_field{100, 8}, uid_field{108, 8}, gid_field{116, 8},
    size_field{124, 12}, time_field{136, 12}, checksum_field{148, 8}, type_field{156, 1},
    magic_field{257, 8}, major_field{329, 8}, minor_field{337, 8};

constexpr std::string_view magic(
    "ustar\0"
    "00",
    8);

// The checksum is the sum of all bytes of the block, its own field taken as blanks.
std::uint64_t checksum(std::span<const char> block) {
  std::uint64_t sum = checksum_field.length * ' ';
  for (std::size_t i = 0; i < tar_block; ++i)
    sum += static_cast<unsigned char>(block[i]);
  for (std::size_t i = 0; i < checksum_field.length; ++i)
    sum -= static_cast<unsigned char>(block[checksum_field.at + i]);
  return sum;
}

// Octal digits from the field's first byte on, as many as `digits`; the field's rest stays as it is.
void put_octal(std::span<char, tar_block> block, Field field, std::size_t digits, std::uint64_t number) {
  for (std::size_t i = digits; i > 0; --i, number >>= 3)
    block[field.at + i - 1] = static_cast<char>('0' + (number & 7));
}

// One or more octal digits, then blanks or zeros up to the field's end.
std::optional<std::uint64_t> octal(std::span<const char> block, Field field) {
  std::uint64_t number = 0;
  std::size_t i = 0;
  for (; i < field.length; ++i) {
    const char c = block[field.at + i];
    if (c < '0' || c > '7') break;
    number = number * 8 + static_cast<std::uint64_t>(c - '0');
  }
  if (i == 0) return std::nullopt;
  for (; i < field.length; ++i)
    if (const char c = block[field.at + i]; c != ' ' && c != '\0') return std::nullopt;
  return number;
}

}  // namespace

void write_tar_block(const TarBlock& header, std::span<char, tar_block> to) {
  std::fill(to.begin(), to.end(), '\0');
  std::memcpy(to.data() + name_field.at, header.name.data(), header.name.size());
  to[type_field.at] = static_cast<char>(header.type);
  std::memcpy(to.data() + magic_field.at, magic.data(), magic.size());
  put_octal(to, mode_field, 6, 0600);
  for (const Field none : {uid_field, gid_field, major_field, minor_field})
    put_octal(to, none, 6, 0);
  for (const Field small : {mode_field, uid_field, gid_field, major_field, minor_field})
    to[small.at + 6] = ' ';
  put_octal(to, size_field, 11, header.size);
  put_octal(to, time_field, 11, header.time);
  to[size_field.at + 11] = to[time_field.at + 11] = ' ';
  put_octal(to, checksum_field, 6, checksum(to));
  to[checksum_field.at + 7] = ' ';
}

std::optional<TarBlock> read_tar_block(std::span<const char> block) {
  if (block.size() < tar_block) return std::nullopt;
  // First what most blocks fail at: a search looks at each block of a mail.
  const char type = block[type_field.at];
  if (type != 'x' && type != '0') return std::nullopt;
  if (std::memcmp(block.data() + magic_field.at, magic.data(), magic.size()) != 0) return std::nullopt;
  if (octal(block, checksum_field) != checksum(block)) return std::nullopt;
  const std::optional<std::uint64_t> size = octal(block, size_field), time = octal(block, time_field);
  if (!size || !time || *size > max_ustar_number || *time > max_ustar_number) return std::nullopt;
  std::string_view name(block.data() + name_field.at, name_field.length);
  name = name.substr(0, name.find('\0'));
  return TarBlock{static_cast<BlockType>(type), name, *size, *time};
}

}  // namespace papertray
