// Which titles are the same, which are near enough for a person to look, and which are two papers.
#include "core/title.h"

#include <algorithm>
#include <string>

#include <doctest/doctest.h>

using namespace papertray;

namespace {

bool similar(std::string_view a, std::string_view b) {
  return similar_titles(comparable_title(a), comparable_title(b));
}

}  // namespace

TEST_CASE("titles that are the same") {
  struct Row {
    const char* one;
    const char* other;
  };
  const Row rows[] = {
      {"Deep Nets", "deep nets"},
      {"Deep Nets", "  Deep   Nets!  "},
      {"Deep-Nets: a Study", "Deep Nets - A study."},
      {"\"Deep Nets\"", "\u201cDeep Nets\u201d"},
      {"Deep Nets", "Deep Nets (final)"},
      {"Deep Nets", "Deep Nets - revised version"},
      {"Deep Nets", "Deep Nets v2"},
      {"Deep Nets", "Deep Nets, version 2"},
      {"Deep Nets", "Deep Nets [camera-ready]"},
      {"Deep Nets", "Deep Nets (v3, final version)"},
      {"\uff24eep Nets", "Deep Nets"},
      {"\u6df1\u5c64\u5b66\u7fd2", "\u6df1\u5c64\u5b66\u7fd2\u3002"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.other));
    CHECK(comparable_title(row.one) == comparable_title(row.other));
    CHECK_FALSE(similar(row.one, row.other));  // the same, not similar
  }
  CHECK(comparable_title("Part 2") == "part 2");
  CHECK(comparable_title("Deep Nets, part 2") != comparable_title("Deep Nets, part 1"));
  CHECK(comparable_title("final version") == "");
  CHECK(comparable_title("...") == "");
  CHECK(comparable_title("v2") == "");
}

TEST_CASE("titles that are similar, and ones that are not") {
  struct Row {
    const char* one;
    const char* other;
    bool are;
  };
  const Row rows[] = {
      {"Deep Learning at Supercomputer Scale", "Deep Lerning at Supercomputer Scale", true},
      {"Deep Learning at Supercomputer Scale", "Deep Learning on Supercomputer Scales", true},
      {"Sparse Gradient Descent", "Sparse Gradeint Descent", true},
      {"Large Batch Training", "Large Batch Training: Lessons from 10,000 GPUs", true},
      {"Scaling Batch Norm to 4,096 Nodes", "Scaling Batch Norm to 4,096 Nodes: an Experience Report",
       true},
      {"Scaling SGD to 1024 Nodes of a Cluster", "Scaling SGD to 4096 Nodes of a Cluster", true},
      {"On the Convergence of Asynchronous Distributed SGD",
       "Convergence of Asynchronous Distributed SGD", true},
      {"Towards Faster Training of Very Deep Networks", "Faster Training of Very Deep Networks", true},
      {"Efficient Training of Deep Residual Networks with Low Precision",
       "Efficient Training of Deep Residual Networks with Reduced Precision", true},

      {"Deep Nets", "Shallow Nets", false},
      {"Deep Nets", "Deep Nests", false},  // too short to tell
      {"Deep Nets", "Deep Nets for Vision", false},
      {"Deep Learning for Vision", "Deep Learning for Speech", false},
      {"Deep Learning at Scale, Part 1", "Deep Learning at Scale, Part 2", false},
      {"Deep Learning at Supercomputer Scale II", "Deep Learning at Supercomputer Scale III", false},
      {"Large Batch Training", "Large Batch Optimization", false},
      {"Distributed Training of Neural Networks", "Distributed Pruning of Decision Trees", false},
      {"Fast Sparse Matrix Kernels on GPUs", "Slow Dense Vector Units in FPGAs", false},
      {"Paper", "Papers", false},
      {"", "Deep Learning at Supercomputer Scale", false},
      {"Training on 1024 nodes", "Training on 2048 nodes", false},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.one));
    CAPTURE(std::string(row.other));
    CHECK(similar(row.one, row.other) == row.are);
    CHECK(similar(row.other, row.one) == row.are);
  }
}

TEST_CASE("similar titles have a key in common, and all titles few keys") {
  const auto keys = [](std::string_view title) { return title_keys(comparable_title(title)); };
  CHECK(keys("").empty());
  CHECK(keys("Deep").size() == 1);
  CHECK(keys("Deep Sparse Nets").size() == 4);
  CHECK(keys("Deep Nets of the Nets of the Deep").size() == 3);
  // They stand in the database: another function would not find what is there.
  CHECK(keys("Deep Sparse Nets") == std::vector<std::int64_t>{-263532434763632579, 4222433920016383239,
                                                              8321053199835895505,
                                                              -7833883870276646404});
}

TEST_CASE("a hostile title costs little") {
  std::string many;
  for (int i = 0; i < 100'000; ++i)
    many += "word" + std::string(1, static_cast<char>('a' + i % 26)) + ' ';
  CHECK(comparable_title(many).size() <= longest_title);
  const std::string one = comparable_title(std::string(1'000'000, 'x'));
  CHECK(one.size() <= longest_title);
  CHECK_FALSE(similar(many, std::string(many.rbegin(), many.rend())));
  CHECK(title_keys(comparable_title(many)).size() <= 4);
}
