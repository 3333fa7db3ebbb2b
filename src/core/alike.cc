#include "core/alike.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "core/folded.h"

namespace papertray {
namespace {

constexpr std::string_view small_words[] = {
    "a",     "about",    "all",   "also",  "an",    "and",   "any",  "are",   "as",   "at",   "be",
    "been",  "but",      "by",    "can",   "could", "did",   "do",   "does",  "for",  "from", "had",
    "has",   "have",     "how",   "i",     "if",    "in",    "into", "is",    "it",   "its",  "may",
    "me",    "more",     "my",    "of",    "on",    "or",    "our",  "so",    "than", "that", "the",
    "their", "then",     "there", "these", "they",  "this",  "to",   "was",   "we",   "were", "what",
    "when",  "where",    "which", "who",   "why",   "will",  "with", "would", "you",  "your", "think",
    "panel", "question", "dear",  "hello", "hi",    "thanks"};

// A word that more texts have tells nothing about any two of them, and would cost time in their square.
constexpr std::size_t most_sharing = 100;
constexpr std::size_t least_common = 3;

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a
  for (const char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

std::size_t size_of_first(std::string_view utf8) {
  std::size_t size = 1;
  while (size < utf8.size() && (static_cast<unsigned char>(utf8[size]) & 0xC0) == 0x80)
    ++size;
  return size;
}

// Scripts that write without blanks, from U+3000 on, are compared by pairs of characters.
bool without_blanks(std::string_view word) {
  return static_cast<unsigned char>(word.front()) >= 0xE3 && word.size() > size_of_first(word);
}

std::vector<std::uint64_t> words_in(const std::string& text) {
  const Folded folded(text);
  std::vector<std::uint64_t> words;
  for (const Word& word : words_of(folded.text())) {
    if (std::ranges::find(small_words, word.text) != std::end(small_words)) continue;
    if (!without_blanks(word.text)) {
      std::string_view stem = word.text;  // one batch, two batches: near enough
      if (stem.size() > 3 && stem.ends_with('s')) stem.remove_suffix(1);
      words.push_back(hash_of(stem));
      continue;
    }
    for (std::string_view rest = word.text; !rest.empty();) {
      const std::size_t first = size_of_first(rest);
      if (first == rest.size()) break;
      words.push_back(hash_of(rest.substr(0, first + size_of_first(rest.substr(first)))));
      rest.remove_prefix(first);
    }
  }
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

bool near(std::size_t common, std::size_t a, std::size_t b) {
  const std::size_t all = a + b - common;
  if (common == all) return common > 0;
  return common >= least_common && 2 * common >= all;
}

}  // namespace

std::vector<std::vector<std::size_t>> alike_groups(const std::vector<std::string>& texts) {
  std::vector<std::vector<std::size_t>> groups;
  std::vector<std::size_t> group_of(texts.size());
  std::vector<std::size_t> words_of_text(texts.size());
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> having;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::vector<std::uint64_t> words = words_in(texts[i]);
    words_of_text[i] = words.size();
    std::map<std::size_t, std::size_t> common;  // ordered: among equals the earliest
    for (const std::uint64_t word : words) {
      std::vector<std::size_t>& others = having[word];
      for (const std::size_t other : others)
        ++common[other];
      if (others.size() < most_sharing) others.push_back(i);
    }
    std::optional<std::size_t> best;
    for (const auto& [other, number] : common)
      if (near(number, words.size(), words_of_text[other]) && (!best || number > common.at(*best)))
        best = other;
    group_of[i] = best ? group_of[*best] : groups.size();
    if (!best) groups.emplace_back();
    groups[group_of[i]].push_back(i);
  }
  return groups;
}

}  // namespace papertray
