#include "core/title.h"

#include <algorithm>
#include <iterator>

#include "core/ascii.h"
#include "core/folded.h"
#include "core/nearest.h"
#include "core/subject.h"

namespace papertray {
namespace {

// Of a title's words; a hostile subject has two thousand.
constexpr std::size_t most_words = 40;

constexpr std::string_view small_words[] = {"a",  "an",   "the",  "of",  "for",     "in",   "on", "at",
                                            "to", "and",  "with", "by",  "from",    "via",  "as", "is",
                                            "or", "into", "over", "our", "towards", "using"};

constexpr std::string_view version_words[] = {
    "final", "version", "revised", "revision", "updated",      "update",      "corrected",  "correction",
    "new",   "draft",   "camera",  "ready",    "resubmission", "resubmitted", "submission", "copy"};

bool is_one_of(std::string_view word, const auto& words) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool has_digit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), ascii::is_digit);
}

bool is_number(std::string_view word) {
  constexpr std::size_t most_digits = 2;
  return ascii::number(word, most_digits).has_value();
}

// "v2", "rev3"
bool is_version(std::string_view word) {
  for (const std::string_view head : {"v", "ver", "rev", "r"})
    if (word.starts_with(head) && is_number(word.substr(head.size()))) return true;
  return is_one_of(word, version_words);
}

// A number alone may belong to the title ("Part 2"): only after "version" it tells one.
void drop_version(std::vector<Word>& words) {
  while (!words.empty()) {
    const std::size_t last = words.size() - 1;
    constexpr std::string_view counted[] = {"version", "revision", "v", "rev", "draft"};
    if (is_version(words[last].text)) {
      words.pop_back();
    } else if (last > 0 && is_number(words[last].text) && is_one_of(words[last - 1].text, counted)) {
      words.resize(last - 1);
    } else {
      break;
    }
  }
}

std::vector<std::string_view> telling_words(std::string_view title) {
  std::vector<std::string_view> words;
  for (const Word& word : words_of(title))
    if (words.size() < most_words && !is_one_of(word.text, small_words)) words.push_back(word.text);
  return words;
}

// FNV-1a: the same for ever, since the keys stand in the database.
std::int64_t key_of(std::string_view kind, std::string_view one, std::string_view two = "") {
  std::uint64_t hash = 14'695'981'039'346'656'037U;
  const auto add = [&](std::string_view text) {
    for (const char c : text)
      hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
    hash = (hash ^ 0xFFU) * 1'099'511'628'211U;
  };
  for (const std::string_view text : {kind, one, two})
    add(text);
  return static_cast<std::int64_t>(hash);
}

// One word for another that is only misspelt; never one number for another.
bool same_word(std::string_view a, std::string_view b) {
  if (a == b) return true;
  if (has_digit(a) || has_digit(b)) return false;
  constexpr std::size_t bytes_per_edit = 5;
  constexpr std::size_t most_edits = 2;
  const std::size_t edits = std::min(most_edits, std::min(a.size(), b.size()) / bytes_per_edit);
  const int limit = static_cast<int>(edits);
  return limit > 0 && edit_distance(a, b, limit) <= limit;
}

using TitleWords = std::vector<std::string_view>;

std::size_t words_in_common(const TitleWords& a, const TitleWords& b) {
  std::vector<bool> taken(b.size());
  std::size_t common = 0;
  for (const std::string_view word : a)
    for (std::size_t i = 0; i < b.size(); ++i)
      if (!taken[i] && same_word(word, b[i])) {
        taken[i] = true;
        ++common;
        break;
      }
  return common;
}

// "Part 1" and "Part 2", "II" and "III": papers that belong together, and are two.
bool are_parts(const TitleWords& a, const TitleWords& b) {
  const auto is_count = [](std::string_view word) {
    return is_number(word) || word.find_first_not_of("ivx") == std::string_view::npos;
  };
  return is_count(a.back()) && is_count(b.back()) && a.back() != b.back();
}

bool goes_on(const TitleWords& longer, const TitleWords& shorter) {
  constexpr std::size_t least = 3;
  return shorter.size() >= least && shorter.size() < longer.size() &&
         std::equal(shorter.begin(), shorter.end(), longer.begin(), same_word);
}

}  // namespace

std::string comparable_title(std::string_view title) {
  const std::string folded = fold_text(title);
  std::vector<Word> words = words_of(folded);
  drop_version(words);
  std::string text;
  for (const Word& word : words) {
    if (!text.empty()) text += ' ';
    text += word.text;
    if (text.size() > longest_title) break;
  }
  if (text.size() > longest_title) {
    std::size_t end = longest_title;
    while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
      --end;
    text.resize(end);
  }
  return text;
}

std::vector<std::int64_t> title_keys(std::string_view title) {
  if (title.empty()) return {};
  std::vector<std::int64_t> keys = {key_of("all", title)};
  const TitleWords words = telling_words(title);
  const auto add = [&](std::int64_t key) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  };
  if (words.size() >= 2) {
    const std::size_t last = words.size() - 1;
    add(key_of("begin", words[0], words[1]));
    add(key_of("end", words[last - 1], words[last]));
    if (words.size() <= 3) add(key_of("ends", words[0], words[last]));
  }
  return keys;
}

bool similar_titles(std::string_view a, std::string_view b) {
  if (a == b) return false;
  const std::vector<std::int64_t> keys = title_keys(a);
  const std::vector<std::int64_t> others = title_keys(b);
  if (std::find_first_of(keys.begin(), keys.end(), others.begin(), others.end()) == keys.end())
    return false;
  const TitleWords one = telling_words(a);
  const TitleWords two = telling_words(b);
  if (goes_on(one, two) || goes_on(two, one)) return true;
  constexpr std::size_t least = 3;
  if (std::min(one.size(), two.size()) < least || are_parts(one, two)) return false;
  return 10 * words_in_common(one, two) >= 4 * (one.size() + two.size());
}

}  // namespace papertray
