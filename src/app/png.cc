#include "app/png.h"

#include <cstdint>
#include <stdexcept>

#include <zlib.h>

namespace papertray {
namespace {

const Bytef* bytes_of(std::string_view text) {
  return reinterpret_cast<const Bytef*>(text.data());
}

void put_number(std::string& out, std::uint32_t value) {
  for (const unsigned shift : {24U, 16U, 8U, 0U})
    out += static_cast<char>((value >> shift) & 0xFFU);
}

// Section 5.3: length, type, data, CRC of the last two.
void put_chunk(std::string& out, std::string_view type, std::string_view data) {
  put_number(out, static_cast<std::uint32_t>(data.size()));
  const std::size_t begin = out.size();
  out += type;
  out += data;
  const std::string_view counted = std::string_view(out).substr(begin);
  put_number(out,
             static_cast<std::uint32_t>(crc32(0, bytes_of(counted), static_cast<uInt>(counted.size()))));
}

}  // namespace

std::string png_of(std::string_view pixels, int width, int height) {
  const auto row = static_cast<std::size_t>(width) * 3;
  std::string raw;
  raw.reserve((row + 1) * static_cast<std::size_t>(height));
  for (int y = 0; y < height; ++y) {
    raw += '\0';  // section 9: no filter
    raw += pixels.substr(static_cast<std::size_t>(y) * row, row);
  }
  uLongf size = compressBound(raw.size());
  std::string packed(size, '\0');
  if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size, bytes_of(raw), raw.size(),
                Z_BEST_SPEED) != Z_OK)
    throw std::runtime_error("a picture could not be packed");
  packed.resize(size);

  std::string header;
  put_number(header, static_cast<std::uint32_t>(width));
  put_number(header, static_cast<std::uint32_t>(height));
  header += std::string("\x08\x02\0\0\0", 5);  // 8 bits, true colour, no interlace
  std::string out = "\x89PNG\r\n\x1a\n";
  put_chunk(out, "IHDR", header);
  put_chunk(out, "IDAT", packed);
  put_chunk(out, "IEND", "");
  return out;
}

}  // namespace papertray
