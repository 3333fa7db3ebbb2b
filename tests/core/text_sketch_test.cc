// How near two texts are by their sketches, against how near they are.
#include "core/text_sketch.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace papertray;

namespace {

// `count` words that no other `seed` has, from `first` on.
std::string words(int seed, int first, int count) {
  std::string text;
  for (int i = first; i < first + count; ++i)
    text += fmt::format("w{}x{} ", seed, i);
  return text;
}

}  // namespace

TEST_CASE("texts that are the same, however they are set") {
  struct Row {
    const char* one;
    const char* other;
  };
  const Row rows[] = {
      {"Deep nets train fast", "deep NETS train, fast."},
      {"Deep nets train fast", "Deep\nnets  train\tfast"},
      {"e\ufb03cient large batches", "efficient large batches"},
      {"one two three four", "(one) two--three: four"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.one));
    CHECK(similarity(text_sketch(row.one), text_sketch(row.other)) == 1);
  }
}

TEST_CASE("lines and a word that is divided at a line's end") {
  TextSketch sketch;
  for (const char* line : {"We train deep net-", "works on many", "nodes"})
    sketch.add(line);
  CHECK(sketch.hex() == text_sketch("We train deep networks on many nodes"));
  TextSketch at_the_end;
  at_the_end.add("we train net-");
  CHECK(at_the_end.hex() == text_sketch("we train net"));
}

TEST_CASE("how much of two long texts is alike") {
  struct Row {
    int common, own;
    double least, most;
  };
  // common / (common + 2 own), and what 128 numbers can miss it by.
  const Row rows[] = {{2000, 0, 1, 1},
                      {1900, 50, 0.88, 1},
                      {1000, 500, 0.37, 0.63},
                      {500, 1000, 0.08, 0.33},
                      {0, 2000, 0, 0.02}};
  for (const Row& row : rows) {
    const std::string common = words(0, 0, row.common);
    const double alike = similarity(text_sketch(common + words(1, 0, row.own)),
                                    text_sketch(common + words(2, 0, row.own)));
    CAPTURE(row.common);
    CHECK(alike >= row.least);
    CHECK(alike <= row.most);
  }
}

TEST_CASE("a sketch has a size that does not grow, a short text a small one") {
  CHECK(text_sketch(words(1, 0, 20'000)).size() == sketch_minima * sketch_digits);
  CHECK(text_sketch(words(1, 0, 200'000)).size() == sketch_minima * sketch_digits);
  CHECK(text_sketch("one two three").size() == sketch_digits);
  CHECK(text_sketch("one two").empty());
  CHECK(text_sketch("").empty());
  CHECK(text_sketch(std::string(100'000, 'x')).size() > 0);  // words without blanks, in pieces
}

TEST_CASE("the numbers stand in logs: they never change") {
  CHECK(text_sketch("Deep learning at supercomputer scale") == "087894e632a10541455f2bc5");
}

TEST_CASE("what is no sketch is like nothing") {
  const std::string good = text_sketch("one two three");
  for (const char* bad : {"", "123", "zzzzzzzz", "0000000200000001", "-0000001"}) {
    CAPTURE(std::string(bad));
    CHECK(similarity(good, bad) == 0);
    CHECK(similarity(bad, good) == 0);
    CHECK(is_sketch(bad) == std::string(bad).empty());
  }
  CHECK(similarity(good, good) == 1);
}
