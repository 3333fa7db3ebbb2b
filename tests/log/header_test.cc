#include <doctest/doctest.h>

#include "core/error.h"
#include "log/entry_header.h"
#include "log/pax_records.h"
#include "log/sha256.h"
#include "samples.h"

using namespace papertray;
using namespace papertray::test;

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

const std::string attribute = "SCHILY.xattr.user.papertray.";

using Records = std::vector<std::pair<std::string, std::string>>;

// What sample() makes, as records.
Records sample_records() {
  return {{attribute + "seal", std::string(64, '0')},
          {attribute + "log", "at 3/1024 synced 3/512 events 17"},
          {attribute + "sha256", std::string(64, 'a')},
          {attribute + "imap", "a/b/1/2"},
          {attribute + "facts", "{}"}};
}

// A header with any records and any file's header behind them, with a seal that holds: as a stranger
// could put it into a mail.
std::string forged(const Records& records, TarBlock file = {}, const char* seal_key = "seal") {
  const std::string usual = "mail/" + std::string(64, 'a') + ".eml";
  if (file.name.empty()) file.name = usual;
  std::string body;
  std::size_t seal = 0;
  for (const auto& [key, value] : records) {
    const PaxRecord record{key, value};
    std::string bytes(pax_length(record), '?');
    const char* at = write_pax_record(record, bytes.data());
    if (key == attribute + seal_key)
      seal = tar_block + body.size() + static_cast<std::size_t>(at - bytes.data());
    body += bytes;
  }
  std::string all(tar_block + whole_blocks(body.size()) + tar_block, '\0');
  write_tar_block({BlockType::records, "mail/PaxHeader/x", body.size(), 1509753599},
                  std::span(all).first<tar_block>());
  body.copy(all.data() + tar_block, body.size());
  write_tar_block(file, std::span(all).last<tar_block>());
  if (seal != 0) all.replace(seal, 64, sha256_hex(all));
  return all;
}

}  // namespace

TEST_CASE("a header is read as it was made") {
  struct Row {
    const char* what;
    std::uint64_t size;
    std::int64_t time;
  } rows[] = {{"usual", 10, 1509753599},
              {"empty", 0, 0},
              {"as large as ustar's octal digits hold", max_ustar_number, 1509753599},
              {"before 1970", 1, -5},
              {"2242", 1, static_cast<std::int64_t>(max_ustar_number)},
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

TEST_CASE("a content that ustar's digits cannot tell is refused") {
  EntryHeader header = sample();
  header.size = max_ustar_number + 1;
  CHECK(failure_of([&] { header_bytes(header); }).find("8589934592 bytes") != std::string::npos);
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

TEST_CASE("each flipped bit of a header, and each missing byte, is found") {
  const std::string good = header_bytes(sample());
  std::string why;
  std::size_t missed = 0;
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::string bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
    why.clear();
    if (parse_header(bad, why) || why.empty()) ++missed;
  }
  for (std::size_t length = 0; length < good.size(); ++length)
    if (parse_header(std::span(good).first(length), why)) ++missed;
  CHECK(missed == 0);
  CHECK(!parse_header(good + std::string(tar_block, '\0'), why));
}

TEST_CASE("sealed headers that the log does not write") {
  const auto with = [](Records records, const std::string& key, const std::string& value) {
    records.emplace_back(key, value);
    return records;
  };
  const auto without = [](const std::string& key) {
    Records records = sample_records();
    std::erase_if(records, [&](const auto& record) { return record.first == attribute + key; });
    return records;
  };
  const auto other = [&](const std::string& key, const std::string& value) {
    return with(without(key), attribute + key, value);
  };
  const Records good = sample_records();
  Records many = good;
  for (int i = 0; i < 40; ++i)
    many.emplace_back(attribute + std::to_string(i), "");
  struct Row {
    const char* what;
    std::string bytes;
    bool read;
  } rows[] = {
      {"as the log writes it", forged(good), true},
      {"told by a later version", forged(with(good, attribute + "later", "\n\xff=")), true},
      {"a time of its own", forged(with(good, "mtime", "-5")), true},
      {"a time that is no whole number", forged(with(good, "mtime", "1509753599.5")), false},
      {"no time", forged(with(good, "mtime", "")), false},
      {"another name", forged(with(good, "path", "/etc/passwd")), false},
      {"another size", forged(with(good, "size", "5")), false},
      {"a link", forged(with(good, "linkpath", "/etc/passwd")), false},
      {"another attribute", forged(with(good, "SCHILY.xattr.user.other", "x")), false},
      {"facts twice", forged(with(good, attribute + "facts", "{}")), false},
      {"the seal twice", forged(with(good, attribute + "seal", std::string(64, '0'))), false},
      {"more records than the log writes", forged(many), false},
      {"no seal", forged(without("seal")), false},
      {"a short seal", forged(other("seal", "0000"), {}, "none"), false},
      {"no place", forged(without("log")), false},
      {"no SHA-256", forged(without("sha256")), false},
      {"a short SHA-256", forged(other("sha256", "aa")), false},
      {"facts, but empty", forged(other("facts", "")), false},
      {"no facts: an event, named as a mail", forged(without("facts")), false},
      {"an event", forged(without("facts"), {.name = "event/17.json"}), true},
      {"another event's name", forged(without("facts"), {.name = "event/18.json"}), false},
      {"records where the file's header should be",
       forged(good, {.type = BlockType::records, .name = ""}), false},
      {"a place with something behind it", forged(other("log", "at 3/1 synced 3/1 events 17 ")), false},
      {"a place with a sign", forged(other("log", "at 3/-1 synced 3/1 events 17")), false},
      {"a place too large", forged(other("log", "at 4294967296/1 synced 3/1 events 17")), false},
      {"half a place", forged(other("log", "at 3/1 synced 3/")), false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    std::string why;
    CHECK(parse_header(row.bytes, why).has_value() == row.read);
    CHECK(why.empty() == row.read);
  }
}

TEST_CASE("SHA-256 in pieces, and of nothing") {
  Sha256 hash;
  CHECK(hash.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (const char c : std::string("abc"))
    hash.add({&c, 1});
  CHECK(hash.hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hash.hex() == sha256_hex(std::string("abc")));
  hash.restart();
  CHECK(hash.hex() == sha256_hex({}));
}
