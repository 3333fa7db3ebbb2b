#include "log/tar_block.h"

#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace papertray;

namespace {

std::string written(const TarBlock& header) {
  std::string block(tar_block, '?');
  write_tar_block(header, std::span<char, tar_block>(block.data(), tar_block));
  return block;
}

TarBlock sample() {
  return {BlockType::file, "mail/x.eml", 10, 1509753599};
}

// The sample with other bytes somewhere, and a checksum that holds.
std::string with(std::size_t at, std::string_view bytes) {
  std::string block = written(sample());
  block.replace(at, bytes.size(), bytes);
  block.replace(148, 8, "        ");
  unsigned sum = 0;
  for (const char c : block)
    sum += static_cast<unsigned char>(c);
  block.replace(148, 8, fmt::format("{:06o}", sum) + std::string("\0 ", 2));
  return block;
}

}  // namespace

TEST_CASE("a block is read as it was written") {
  const std::string longest(max_ustar_name, 'n');
  const TarBlock rows[] = {sample(),
                           {BlockType::records, "mail/PaxHeader/x.eml", 513, 0},
                           {BlockType::file, "", 0, 0},
                           {BlockType::file, longest, max_ustar_number, max_ustar_number}};
  for (const TarBlock& row : rows) {
    const std::string block = written(row);
    const std::optional<TarBlock> back = read_tar_block(block);
    REQUIRE(back);
    CHECK(back->type == row.type);
    CHECK(back->name == row.name);
    CHECK(back->size == row.size);
    CHECK(back->time == row.time);
  }
}

TEST_CASE("blocks that the log does not write") {
  using namespace std::string_literals;
  struct Row {
    const char* what;
    std::string block;
    bool read;
  } rows[] = {
      {"the sample, summed up anew", with(0, "m"), true},
      {"a name that is another", with(0, "n"), true},
      {"a size that ends with a zero byte", with(124, "00000000012\0"s), true},
      {"twelve digits", with(124, "000000000012"), true},
      {"twelve digits, too large", with(124, "100000000000"), false},
      {"a size in base 256", with(124, "\x80\0\0\0\0\0\0\0\0\0\0\x0a"s), false},
      {"a negative size", with(124, "-0000000012 "), false},
      {"a size after blanks", with(124, "          12"), false},
      {"no size", with(124, "            "), false},
      {"a size of zero bytes", with(124, std::string(12, '\0')), false},
      {"a digit that is not octal", with(124, "00000000018 "), false},
      {"something behind the size", with(124, "0000000001 2"), false},
      {"no time", with(136, "            "), false},
      {"a folder", with(156, "5"), false},
      {"a link", with(156, "2"), false},
      {"a file of before ustar", with(156, "\0"s), false},
      {"pax's global header", with(156, "g"), false},
      {"GNU's magic", with(257, "ustar  \0"s), false},
      {"no magic", with(257, std::string(8, '\0')), false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(read_tar_block(row.block).has_value() == row.read);
  }
  const std::string good = written(sample());
  CHECK(!read_tar_block(std::string(tar_block, '\0')));
  CHECK(!read_tar_block(std::span(good).first(tar_block - 1)));
  CHECK(!read_tar_block({}));
}

TEST_CASE("a flipped bit breaks the checksum, or changes nothing that is read") {
  const std::string good = written(sample());
  std::size_t wrong = 0, harmless = 0;
  for (std::size_t bit = 0; bit < tar_block * 8; ++bit) {
    std::string bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
    const std::optional<TarBlock> back = read_tar_block(bad);
    if (!back) continue;
    ++harmless;
    if (back->name != sample().name || back->size != 10 || back->time != sample().time) ++wrong;
  }
  CHECK(wrong == 0);
  CHECK(harmless == 2);  // the checksum's own end, a zero byte and a blank, each made the other
}
