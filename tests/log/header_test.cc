#include <doctest/doctest.h>

#include "core/error.h"
#include "log/entry_header.h"
#include "log/sha256.h"

using namespace papertray;

namespace {

EntryHeader sample() {
  return {.kind = EntryKind::mail,
          .sha256 = std::string(64, 'a'),
          .size = 10,
          .time = Time(Seconds(1509753599)),
          .at = {3, 1024},
          .synced = {3, 512},
          .events = 17,
          .facts = "{}",
          .imap = "a/b/1/2"};
}

}  // namespace

TEST_CASE("a header is read as it was made") {
  struct Row {
    const char* what;
    std::uint64_t size;
    std::int64_t time;
  } rows[] = {{"usual", 10, 1509753599},
              {"empty", 0, 0},
              {"larger than ustar's octal digits hold", 9'000'000'000, 1509753599},
              {"before 1970", 1, -5},
              {"after 2242", 1, 10'000'000'000}};
  for (const Row& row : rows) {
    CAPTURE(row.what);
    EntryHeader header = sample();
    header.size = row.size;
    header.time = Time(Seconds(row.time));
    const std::string bytes = header_bytes(header);
    CHECK(bytes.size() % tar_block == 0);
    CHECK(header_length(bytes) == bytes.size());
    std::string why;
    const std::optional<EntryHeader> back = parse_header(bytes, why);
    REQUIRE(back);
    CHECK(back->kind == EntryKind::mail);
    CHECK(back->sha256 == header.sha256);
    CHECK(back->size == header.size);
    CHECK(back->time == header.time);
    CHECK(back->at == header.at);
    CHECK(back->synced == header.synced);
    CHECK(back->events == 17);
    CHECK(back->facts == header.facts);
    CHECK(back->imap == header.imap);
  }
}

TEST_CASE("the digits of the SHA-256 do not change a header's length") {
  EntryHeader header = sample();
  const std::size_t length = header_bytes(header).size();
  for (const char digit : {'0', '9', 'f'}) {
    header.sha256.assign(64, digit);
    CHECK(header_bytes(header).size() == length);
  }
}

TEST_CASE("blocks that begin no entry of ours") {
  const std::string good = header_bytes(sample());
  std::string file_only = good.substr(good.size() - tar_block);
  std::string bad_sum = good;
  bad_sum[0] = static_cast<char>(bad_sum[0] + 1);
  std::string no_magic = good;
  no_magic[257] = 'U';
  CHECK(header_length(good) == good.size());
  CHECK(header_length(file_only) == 0);  // a ustar header without its pax header
  CHECK(header_length(bad_sum) == 0);
  CHECK(header_length(no_magic) == 0);
  CHECK(header_length(std::string(tar_block, '\0')) == 0);
  CHECK(header_length(good.substr(0, 100)) == 0);
  CHECK(header_length({}) == 0);
}

TEST_CASE("SHA-256 in pieces, and of nothing") {
  Sha256 hash;
  CHECK(hash.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (const char c : std::string("abc"))
    hash.add({&c, 1});
  CHECK(hash.hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hash.hex() == sha256_hex(std::string("abc")));
}
