// Whether two texts say nearly the same, told from a few numbers of each: the smallest hashes of their
// runs of three words (Broder's bottom-k sketch). A paper's text is not kept, its sketch is. Pure; the
// hashes stand in logs and never change.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace papertray {

inline constexpr std::size_t sketch_minima = 128;    // an error of some 4% where half is alike
inline constexpr std::size_t sketch_digits = 8;      // hex, of one of them
inline constexpr std::size_t sketch_words = 50'000;  // of a text; a paper has 2,000

class TextSketch {
 public:
  // The next piece of the text, a line or a page. Words are runs of letters and digits, folded; one that
  // a hyphen divides at a piece's end is put together again.
  void add(std::string_view utf8);
  // The minima, ascending, at most sketch_minima * sketch_digits digits; "" for fewer than three words.
  std::string hex();

 private:
  void take(std::string_view word);

  std::set<std::uint32_t> minima_;
  std::string half_;  // of a divided word
  std::uint64_t before_[2] = {0, 0};
  std::size_t words_ = 0;
};

std::string text_sketch(std::string_view utf8);

// How much of what stands in either stands in both, estimated: from 0 to 1. 0 when one is "" or no
// sketch.
double similarity(std::string_view a, std::string_view b);

// Whether a text is what hex() gives.
bool is_sketch(std::string_view text);

}  // namespace papertray
