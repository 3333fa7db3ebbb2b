// The fast way through base64 gives what GMime gives, wherever it stops.
#include "inspect/base64.h"

#include <random>
#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <gmime/gmime.h>

using namespace papertray;

namespace {

std::string by_gmime(std::string_view encoded) {
  GMimeEncoding state{};
  g_mime_encoding_init_decode(&state, GMIME_CONTENT_ENCODING_BASE64);
  std::string out(g_mime_encoding_outlen(&state, encoded.size()) + 8, '\0');
  out.resize(g_mime_encoding_step(&state, encoded.data(), encoded.size(), out.data()));
  return out;
}

Base64Run run(std::string_view encoded, std::size_t most, std::string& out) {
  out.assign(encoded.size() + 3, '\0');
  const Base64Run done = decode_whole_groups(encoded, most, out.data());
  out.resize(done.written);
  return done;
}

}  // namespace

TEST_CASE("whole groups, and nothing after the first thing that is none") {
  struct Row {
    std::string_view encoded;
    std::string_view decoded;
    std::size_t read;
  };
  const Row rows[] = {
      {"", "", 0},
      {"aGVs", "hel", 4},
      {"aGVs\r\nbG8h\r\n", "hello!", 10},  // the last line end is within no group of four
      {"aGVsbG8=", "hel", 4},
      {"aGVsbG", "hel", 4},
      {"aG\nVs", "", 0},
      {"aGVs bG8h", "hel", 4},
      {"aGVs-G8h", "hel", 4},
      {"\xE4GVs", "", 0},
      {"+/+/", "\xFB\xFF\xBF", 4},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.encoded));
    std::string out;
    const Base64Run done = run(row.encoded, row.encoded.size(), out);
    CHECK(out == row.decoded);
    CHECK(done.read == row.read);
  }
}

TEST_CASE("it stops where it is told") {
  std::string out;
  const Base64Run done = run("aGVsbG8haGVsbG8h", 10, out);
  CHECK(done.read == 8);
  CHECK(out == "hello!");
}

TEST_CASE("the beginning this way and the rest by GMime is the whole by GMime") {
  constexpr std::string_view usual = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  constexpr std::string_view odd = "\r\n\r\n==- \t\x80*";
  std::mt19937 random(2017);
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    const std::size_t length = random() % 60;
    // From nearly all honest to nearly all odd.
    const auto honest = random() % 100;
    while (text.size() < length)
      text += random() % 100 < honest ? usual[random() % usual.size()] : odd[random() % odd.size()];
    CAPTURE(text);
    std::string out;
    const Base64Run done = run(text, random() % 70, out);
    REQUIRE(done.read <= text.size());
    REQUIRE(out + by_gmime(std::string_view(text).substr(done.read)) == by_gmime(text));
  }
}
