#include "log/pax_records.h"

#include <random>
#include <string>

#include <doctest/doctest.h>

using namespace papertray;

namespace {

std::string written(const PaxRecord& record) {
  std::string bytes(pax_length(record), '?');
  const char* const value = write_pax_record(record, bytes.data());
  if (std::string_view(value, record.value.size()) != record.value) return "the value is elsewhere";
  return bytes;
}

}  // namespace

TEST_CASE("a record's length counts its own digits") {
  CHECK(written({"a", "b"}) == "6 a=b\n");
  CHECK(written({"a", "cdef"}) == "9 a=cdef\n");
  CHECK(written({"ab", "cdef"}) == "11 ab=cdef\n");  // no record has 10 bytes
  CHECK(written({"mtime", "-5"}) == "12 mtime=-5\n");
  std::string_view why;
  std::size_t wrong = 0;
  for (std::size_t size = 0; size < 1'100'000; size = size < 12'000 ? size + 1 : size + 9'973) {
    const std::string value(size, 'v');
    const std::string bytes = written({"key", value});
    const auto back = read_pax_records(bytes, why);
    if (!back || back->size() != 1 || back->front().value.size() != size) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("a value may hold any bytes") {
  const std::string value("9 x=y\n\0\xff= \n", 12);
  const std::string bytes = written({"a", "1"}) + written({"b", value}) + written({"c", ""});
  std::string_view why;
  const auto records = read_pax_records(bytes, why);
  REQUIRE(records);
  REQUIRE(records->size() == 3);
  CHECK((*records)[1].key == "b");
  CHECK((*records)[1].value == value);
  CHECK((*records)[2].value == "");
  CHECK(read_pax_records("", why)->empty());
}

TEST_CASE("records that are none") {
  using namespace std::string_literals;
  const std::string rows[] = {
      "x",
      " ",
      "\n",
      "\0"s,
      "6",
      "6 ",
      "6 a=b",       // no LF
      "6 a=bc\n",    // the length too small
      "7 a=b\n",     // the length too large
      "5 a=b\n",     // ends within
      "6 a=b\n\0"s,  // padding is not part of the records
      "6 a=b\nx",
      "6 a=b\n6 c=d",
      "6 a=b\n7 c=d\n",
      "06 a=b\n",
      "+6 a=b\n",
      "-6 a=b\n",
      " 6 a=b\n",
      "6\ta=b\n",
      "0x6 a=b\n",
      "6. a=b\n",
      "0 a=b\n",
      "1 a=b\n",
      "2 \n",
      "3 \n",
      "3 =\n",
      "5 =b\n",
      "5 ab\n",
      "2 a=b\n",
      "99999999999999999999999 a=b\n",
      "18446744073709551622 a=b\n",  // 2^64 + 6
      "4294967302 a=b\n",            // 2^32 + 6
      "00000006 a=b\n",
      "1000000 a=b\n",
      "6 a=b\n6 a=b\n",
      "6 a=b\n6 c=d\n6 a=e\n",
  };
  for (const std::string& row : rows) {
    CAPTURE(row);
    std::string_view why;
    CHECK(!read_pax_records(row, why));
    CHECK(!why.empty());
  }
}

TEST_CASE("more records than an entry can have are refused, not kept") {
  std::string bytes;
  std::string_view why;
  for (std::size_t i = 0; i < max_pax_records; ++i)
    bytes += written({"key " + std::to_string(i), ""});
  CHECK(read_pax_records(bytes, why)->size() == max_pax_records);
  CHECK(!read_pax_records(bytes + written({"one more", ""}), why));
}

// There is one way to write a record, so what is read must be what would be written. Half of these
// are mended until they nearly fit: random bytes alone rarely get past the length.
TEST_CASE("garbage is refused or is exactly what the writer writes") {
  std::mt19937 random(20171103);
  const std::string_view alphabet = "0123456789 =\n\nab";
  std::size_t read = 0, wrong = 0;
  for (int round = 0; round < 200'000; ++round) {
    std::string bytes;
    if (round % 2 == 0) {
      for (auto left = random() % 24; left > 0; --left)
        bytes += alphabet[random() % alphabet.size()];
    } else {
      bytes = written({"k", std::string(random() % 12, 'v')}) + written({"l", "="});
      for (auto changes = random() % 3; changes > 0; --changes)
        bytes[random() % bytes.size()] = alphabet[random() % alphabet.size()];
    }
    std::string_view why;
    const auto records = read_pax_records(bytes, why);
    if (!records) continue;
    ++read;
    std::string again;
    for (const PaxRecord& record : *records)
      again += written(record);
    if (again != bytes) ++wrong;
  }
  CHECK(wrong == 0);
  CHECK(read > 10'000);
}
