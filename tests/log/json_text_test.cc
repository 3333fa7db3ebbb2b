// What is written here is read with nlohmann-json: the two must mean the same by every byte.
#include "log/json_text.h"

#include <limits>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "log/json_fields.h"

using namespace papertray;
using nlohmann::json;

namespace {

std::string text_of(const auto& value) {
  JsonText text;
  text.value(value);
  return text.take();
}

// nlohmann-json's own writing, where it can.
std::string expected(const std::string& bytes) {
  try {
    return json(bytes).dump();
  } catch (const json::type_error&) {
    std::string hex;
    for (const char c : bytes)
      hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return "{\"hex\":\"" + hex + "\"}";
  }
}

}  // namespace

TEST_CASE("texts come back byte for byte, whatever their bytes") {
  std::vector<std::string> texts = {"", "plain", "\"\\\"", std::string(1000, '\x80')};
  for (int a = 0; a < 256; ++a) {
    texts.push_back(std::string(1, static_cast<char>(a)));
    for (int b = 0; b < 256; ++b)
      texts.push_back({static_cast<char>(a), static_cast<char>(b)});
  }
  // The borders of UTF-8 (RFC 3629): overlong, surrogates, beyond U+10FFFF, cut short.
  for (const char* odd : {"\xc3\xa9",
                          "\xc0\x80",
                          "\xc1\xbf",
                          "\xe0\x80\x80",
                          "\xe0\x9f\xbf",
                          "\xe0\xa0\x80",
                          "\xe2\x82\xac",
                          "\xed\x9f\xbf",
                          "\xed\xa0\x80",
                          "\xed\xbf\xbf",
                          "\xee\x80\x80",
                          "\xef\xbf\xbe",
                          "\xef\xbf\xbf",
                          "\xf0\x80\x80\x80",
                          "\xf0\x8f\xbf\xbf",
                          "\xf0\x90\x80\x80",
                          "\xf0\x9f\x93\x84",
                          "\xf4\x8f\xbf\xbf",
                          "\xf4\x90\x80\x80",
                          "\xf5\x80\x80\x80",
                          "\xf8\x88\x80\x80\x80",
                          "\xe2\x82",
                          "\xf0\x9f\x93",
                          "a\xe2\x82",
                          "\xe2\x82 a",
                          "\xfe",
                          "\xff",
                          "caf\xc3\xa9 \xe2\x80\xae"})
    texts.push_back(odd);
  std::size_t wrong = 0;
  for (const std::string& text : texts) {
    const std::string written = text_of(std::string_view(text));
    const json back = json::parse(written, nullptr, false);
    const bool good =
        !back.is_discarded() && text_from_json(back) == text && back == json::parse(expected(text));
    if (!good) ++wrong;
    if (!good) MESSAGE(written << " / " << expected(text));
  }
  CHECK(wrong == 0);
}

TEST_CASE("numbers and times") {
  CHECK(text_of(std::uint64_t{0}) == "0");
  CHECK(text_of(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
  CHECK(text_of(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
  CHECK(text_of(Time(Seconds(1509753599))) == "\"2017-11-03T23:59:59Z\"");
  CHECK(text_of(Time(Seconds(400'000'000'000))) == "400000000000");
  for (const std::int64_t seconds : {0LL, -1LL, 253402300799LL, 253402300800LL, -62167219200LL}) {
    const Time time{Seconds(seconds)};
    CHECK(time_from_json(json::parse(text_of(time))) == time);
  }
}

TEST_CASE("objects and arrays, empty and in each other") {
  JsonText text;
  text.begin_object();
  text.field("a", 1);
  text.key("none");
  text.begin_array();
  text.end_array();
  text.key("some");
  text.begin_array();
  text.value("[");
  text.value(std::string(","));
  text.value("\xff");
  text.begin_object();
  text.end_object();
  text.begin_object();
  text.field("b", "{");
  text.field("c", 2U);
  text.end_object();
  text.end_array();
  text.field("d", "");
  text.end_object();
  CHECK(text.take() == R"({"a":1,"none":[],"some":["[",",",{"hex":"ff"},{},{"b":"{","c":2}],"d":""})");
}
