#include "core/text_sketch.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "core/folded.h"
#include "core/subject.h"

namespace papertray {
namespace {

// FNV-1a.
std::uint64_t hash_of(std::string_view word) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : word)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

// The last step of splitmix64: every bit depends on every one.
std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27U)) * 0x94d049bb133111eb;
  return value ^ (value >> 31U);
}

std::optional<std::vector<std::uint32_t>> minima_of(std::string_view hex) {
  if (hex.size() % sketch_digits != 0 || hex.size() > sketch_minima * sketch_digits) return std::nullopt;
  std::vector<std::uint32_t> minima;
  for (; !hex.empty(); hex.remove_prefix(sketch_digits)) {
    std::uint32_t value = 0;
    const char* end = hex.data() + sketch_digits;
    const auto [at, error] = std::from_chars(hex.data(), end, value, 16);
    if (error != std::errc() || at != end || (!minima.empty() && value <= minima.back()))
      return std::nullopt;
    minima.push_back(value);
  }
  return minima;
}

}  // namespace

void TextSketch::add(std::string_view utf8) {
  // fold_text looks at the first bytes of what it gets only: a longer piece goes in parts, at blanks.
  while (utf8.size() > longest_compared) {
    const std::size_t blank = utf8.rfind(' ', longest_compared);
    const std::size_t end = blank == std::string_view::npos || blank == 0 ? longest_compared : blank;
    add(utf8.substr(0, end));
    utf8.remove_prefix(end);
  }
  if (words_ >= sketch_words) return;
  const std::string folded = fold_text(utf8);
  const std::vector<Word> words = words_of(folded);
  const bool divided = folded.ends_with('-') && !words.empty() && words.back().end + 1 == folded.size();
  for (std::size_t i = 0; i < words.size(); ++i) {
    half_ += words[i].text;
    if (divided && i + 1 == words.size()) return;
    take(half_);
    half_.clear();
  }
}

void TextSketch::take(std::string_view word) {
  const std::uint64_t hash = hash_of(word);
  ++words_;
  if (words_ >= 3) {
    const std::uint64_t run = mixed(mixed(before_[0]) * 3 + before_[1]) * 5 + hash;
    const auto value = static_cast<std::uint32_t>(mixed(run) >> 32U);
    if (minima_.size() < sketch_minima || value < *minima_.rbegin()) minima_.insert(value);
    if (minima_.size() > sketch_minima) minima_.erase(std::prev(minima_.end()));
  }
  before_[0] = before_[1];
  before_[1] = hash;
}

std::string TextSketch::hex() {
  if (!half_.empty()) take(half_);
  half_.clear();
  std::string text;
  for (const std::uint32_t value : minima_)
    text += fmt::format("{:08x}", value);
  return text;
}

std::string text_sketch(std::string_view utf8) {
  TextSketch sketch;
  sketch.add(utf8);
  return sketch.hex();
}

double similarity(std::string_view a, std::string_view b) {
  const auto left = minima_of(a), right = minima_of(b);
  if (!left || !right || left->empty() || right->empty()) return 0;
  // A full sketch knows nothing of what is above its last number.
  std::uint32_t known = 0xffffffff;
  for (const auto* minima : {&*left, &*right})
    if (minima->size() == sketch_minima) known = std::min(known, minima->back());
  std::vector<std::uint32_t> either, both;
  std::ranges::set_union(*left, *right, std::back_inserter(either));
  std::ranges::set_intersection(*left, *right, std::back_inserter(both));
  const auto below = [&](const std::vector<std::uint32_t>& values) {
    return static_cast<double>(std::ranges::upper_bound(values, known) - values.begin());
  };
  return below(both) / below(either);
}

bool is_sketch(std::string_view text) {
  return minima_of(text).has_value();
}

}  // namespace papertray
