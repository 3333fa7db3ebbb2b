#include "core/alike.h"

#include <doctest/doctest.h>

using namespace papertray;
using Groups = std::vector<std::vector<std::size_t>>;

TEST_CASE("nearly the same questions are found") {
  struct Row {
    const char* a;
    const char* b;
    bool alike;
  };
  const Row rows[] = {
      {"How do you keep the learning rate stable at large batch sizes?",
       "how would you keep the learning rate stable at very large batch sizes", true},
      {"Why?", "Why?", false},  // nothing but small words
      {"Quantum?", "quantum!", true},
      {"Is FP16 enough for training?", "Is FP16 enough for inference?", false},
      {"Does asynchronous SGD have a future beyond a thousand nodes?",
       "Has asynchronous SGD any future beyond a thousand nodes?", true},
      {"What will the next supercomputer look like?", "Which network topology suits all-reduce best?",
       false},
      {"学習率をどう調整しますか", "学習率はどう調整しますか", true},
      {"学習率をどう調整しますか", "会場はどこですか", false},
      {"", "", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.a);
    CAPTURE(row.b);
    CHECK((alike_groups({row.a, row.b}).size() == 1) == row.alike);
    CHECK((alike_groups({row.b, row.a}).size() == 1) == row.alike);
  }
}

TEST_CASE("every text is in one group, in order") {
  CHECK(alike_groups({}) == Groups{});
  const std::vector<std::string> texts = {"learning rates of large batches", "topology of networks",
                                          "large batches and learning rates", "nothing of that"};
  CHECK(alike_groups(texts) == Groups{{0, 2}, {1}, {3}});
}

TEST_CASE("many texts that share their words cost little") {
  std::vector<std::string> texts;
  for (int i = 0; i < 5000; ++i)
    texts.push_back("learning rates of large batches number" + std::to_string(i) + " word" +
                    std::to_string(i) + " more" + std::to_string(i) + " other" + std::to_string(i) +
                    " thing" + std::to_string(i));
  std::size_t all = 0;
  for (const auto& group : alike_groups(texts))
    all += group.size();
  CHECK(all == texts.size());
  CHECK(alike_groups({std::string(1'000'000, 'a'), std::string(1'000'000, ' ')}).size() == 2);
}
