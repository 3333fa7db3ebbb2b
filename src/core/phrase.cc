#include "core/phrase.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "core/ascii.h"
#include "core/folded.h"
#include "core/nearest.h"

namespace papertray {
namespace {

// Two slips of the finger, but one for every six characters: in `papers` two would be another word.
int edits_allowed(std::size_t length) {
  constexpr std::size_t characters_per_edit = 6;
  constexpr std::size_t most = 2;
  return static_cast<int>(std::min(most, length / characters_per_edit));
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), ascii::is_digit);
}

std::string digits_of(std::string_view text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), ascii::is_digit);
  return digits;
}

bool is_year(std::string_view word) {
  return word.size() == 4 && (word.substr(0, 2) == "19" || word.substr(0, 2) == "20") &&
         ascii::number(word, 4);
}

bool is_workshop(std::string_view word) {
  return word == "workshop" || word == "workshops";
}

// The conference changed its name in 2018; people write both.
std::vector<Word> same_names(std::vector<Word> words) {
  for (Word& word : words) {
    if (word.text == "neurips") word.text = "nips";
  }
  return words;
}

// Into `text`, whose room is used again.
void join(const Word* first, const Word* last, std::string& text) {
  text.clear();
  for (; first != last; ++first) {
    if (!text.empty()) text += ' ';
    text += first->text;
  }
}

// Of what join makes.
std::size_t length_of(const Word* first, const Word* last) {
  std::size_t length = static_cast<std::size_t>(last - first) - 1;
  for (; first != last; ++first)
    length += first->text.size();
  return length;
}

// How often each byte stands in a text, by its low bits. Tells most runs apart from a phrase at once,
// where the edits between them would have to be counted.
using Letters = std::array<int, 32>;

Letters letters_of(std::string_view text) {
  Letters letters{};
  for (const char c : text)
    ++letters[static_cast<unsigned char>(c) % letters.size()];
  return letters;
}

int letters_apart(std::string_view text, const Letters& letters) {
  const Letters own = letters_of(text);
  int apart = 0;
  for (std::size_t i = 0; i < own.size(); ++i)
    apart += std::abs(own[i] - letters[i]);
  return apart;
}

// The end of the run of words that is nearest to the phrase, if any is near enough.
std::optional<std::size_t> nearest_run(const std::vector<Word>& words,
                                       const std::vector<Word>& phrase_words) {
  // A missing or an added blank is one edit and changes the number of words by one.
  constexpr std::size_t words_apart = 2;
  std::string phrase;
  join(phrase_words.data(), phrase_words.data() + phrase_words.size(), phrase);
  const std::string digits = digits_of(phrase);
  const Letters letters = letters_of(phrase);
  const int allowed = edits_allowed(phrase.size());
  // One edit changes at most two counts: a letter for another.
  const int most_apart = 2 * allowed;
  int least = allowed + 1;
  std::optional<std::size_t> end;
  const std::size_t count = phrase_words.size();
  const std::size_t shortest = count > words_apart ? count - words_apart : 1;
  std::string text;
  for (std::size_t first = 0; first < words.size(); ++first) {
    for (std::size_t size = shortest; size <= count + words_apart && first + size <= words.size();
         ++size) {
      const Word* run = words.data() + first;
      // An edit changes the length by one at most.
      if (length_of(run, run + size) > phrase.size() + static_cast<std::size_t>(allowed)) break;
      if (length_of(run, run + size) + static_cast<std::size_t>(allowed) < phrase.size()) continue;
      join(run, run + size, text);
      if (letters_apart(text, letters) > most_apart) continue;
      const int edits = edit_distance(text, phrase, allowed);
      if (edits >= least || digits_of(text) != digits) continue;
      least = edits;
      end = run[size - 1].end;
    }
  }
  return end;
}

}  // namespace

PhrasePlace find_phrase(std::string_view subject, std::string_view phrase) {
  if (phrase.empty()) return {};
  for (std::size_t at = subject.find(phrase); at != std::string_view::npos;
       at = subject.find(phrase, at + 1)) {
    const std::size_t end = at + phrase.size();
    if (word_border(subject, at) && word_border(subject, end)) return {PhraseMatch::exact, end};
  }

  std::vector<Word> phrase_words = same_names(words_of(phrase));
  std::vector<Word> words = same_names(words_of(subject));
  if (phrase_words.empty()) return {};
  // `NIPS 2017 Workshop Papers`, unless the phrase itself tells years apart.
  if (!has_digit(phrase)) std::erase_if(words, [](const Word& word) { return is_year(word.text); });
  if (const auto end = nearest_run(words, phrase_words)) return {PhraseMatch::near, *end};
  std::erase_if(words, [](const Word& word) { return is_workshop(word.text); });
  std::erase_if(phrase_words, [](const Word& word) { return is_workshop(word.text); });
  // One word alone, `nips`, would be near to all that the conference sends.
  if (phrase_words.size() < 2) return {};
  if (const auto end = nearest_run(words, phrase_words)) return {PhraseMatch::near, *end};
  return {};
}

}  // namespace papertray
