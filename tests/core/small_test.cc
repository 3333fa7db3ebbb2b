// message, rules, nearest.
#include <doctest/doctest.h>

#include "core/message.h"
#include "core/nearest.h"
#include "sample_rules.h"

using namespace papertray;

TEST_CASE("headers are found whatever their case, repeated ones too") {
  Message message;
  message.headers = {{"Received", "one"}, {"LIST-ID", "x"}, {"received", "two"}};
  CHECK(header_values(message, "RECEIVED") == std::vector<std::string_view>{"one", "two"});
  CHECK(has_header(message, "List-Id"));
  CHECK_FALSE(has_header(message, "List"));
}

TEST_CASE("the sender is the only From address") {
  Message message;
  CHECK(sole_sender(message) == nullptr);
  message.from = {{"name only", ""}};
  CHECK(sole_sender(message) == nullptr);
  message.from = {{"", "a@x.example"}};
  REQUIRE(sole_sender(message) != nullptr);
  CHECK(sole_sender(message)->address == "a@x.example");
  message.from.push_back({"", "b@x.example"});
  CHECK(sole_sender(message) == nullptr);
}

TEST_CASE("a track is found by its id") {
  const Rules rules = test::workshop_rules();
  REQUIRE(rules.track("questions") != nullptr);
  CHECK(rules.track("questions")->prefix == "Q");
  CHECK(rules.track("posters") == nullptr);
}

TEST_CASE("edits between two words") {
  struct Row {
    const char *a, *b;
    int limit, expected;
  };
  const Row rows[] = {{"", "", 2, 0},
                      {"abc", "abc", 0, 0},
                      {"abc", "abd", 0, 1},
                      {"abc", "acb", 2, 1},
                      {"abc", "ab", 2, 1},
                      {"abc", "xabc", 2, 1},
                      {"kitten", "sitting", 3, 3},
                      {"kitten", "sitting", 2, 3},
                      {"", "abc", 3, 3},
                      {"", "abcd", 3, 4},
                      {"ca", "abc", 3, 3},
                      {"workshop", "wrokshpo", 2, 2}};
  for (const Row& row : rows) {
    CAPTURE(row.a);
    CAPTURE(row.b);
    CHECK(edit_distance(row.a, row.b, row.limit) == row.expected);
    CHECK(edit_distance(row.b, row.a, row.limit) == row.expected);
  }
}

TEST_CASE("the word that was meant") {
  const std::vector<std::string> keys = {"subjects", "prefix", "due", "needs"};
  CHECK(nearest_word("subject", keys) == "subjects");
  CHECK(nearest_word("prefxi", keys) == "prefix");
  CHECK(nearest_word("dew", keys) == "");
  CHECK(nearest_word("deu", keys) == "due");
  CHECK(nearest_word("need", keys) == "needs");
  CHECK(nearest_word("completely different", keys) == "");
  CHECK(nearest_word("", keys) == "");
  CHECK(nearest_word("x", {}) == "");
}
