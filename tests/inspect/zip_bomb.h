// A zip archive of zeros of any length, in the time that its few bytes take.
#pragma once

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>

#include <zlib.h>

namespace papertray::test {

// One stored block of zeros, ended so that it may stand any number of times (RFC 1951 has no limit).
inline std::string deflated_zeros(std::size_t bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("zlib");
  std::string zeros(bytes, '\0');
  std::string out(bytes / 500 + 1000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(zeros.data());
  stream.avail_in = static_cast<uInt>(zeros.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = deflate(&stream, Z_FULL_FLUSH);
  out.resize(stream.total_out);
  const bool whole = result == Z_OK && stream.avail_in == 0;
  deflateEnd(&stream);
  if (!whole) throw std::runtime_error("zlib");
  return out;
}

// The archive's one entry, as a writer that knows its sizes begins it (APPNOTE 4.3.7, 4.5.3). The
// directory at its end is left out: nobody gets so far.
inline std::string zip_of_zeros(std::uint64_t mebibytes) {
  const std::string block = deflated_zeros(1U << 20U);
  const auto number = [](std::uint64_t value, int size) {
    std::string bytes;
    for (int i = 0; i < size; ++i)
      bytes += static_cast<char>(value >> (8 * i) & 0xFF);
    return bytes;
  };
  const std::string last("\x03\x00", 2);  // an empty last block
  const std::string name = "zeros";
  const std::uint64_t packed = block.size() * mebibytes + last.size();
  std::string zip = number(0x04034b50, 4) + number(45, 2) + number(0, 2) + number(8, 2) + number(0, 8) +
                    number(0xFFFFFFFF, 4) + number(0xFFFFFFFF, 4) + number(name.size(), 2) +
                    number(20, 2) + name + number(1, 2) + number(16, 2) + number(mebibytes << 20U, 8) +
                    number(packed, 8);
  zip.reserve(zip.size() + packed);
  for (std::uint64_t i = 0; i < mebibytes; ++i)
    zip += block;
  return zip + last;
}

}  // namespace papertray::test
