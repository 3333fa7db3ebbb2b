#include "core/sentences.h"

#include "core/ascii.h"
#include "core/folded.h"
#include "core/subject.h"

namespace papertray {
namespace {

// What stands between two words.
bool ends_sentence(std::string_view gap) {
  const bool stop = gap.find('.') != std::string_view::npos && gap.size() > 1;  // not "7.5"
  return stop || gap.find_first_of("?!") != std::string_view::npos;
}

bool begins_clause(std::string_view gap) {
  constexpr std::string_view dashes[] = {" -", "\u2013", "\u2014"};
  return gap.find_first_of(",:;()[]{}/|\"") != std::string_view::npos ||
         std::any_of(std::begin(dashes), std::end(dashes),
                     [&](std::string_view dash) { return gap.find(dash) != std::string_view::npos; });
}

}  // namespace

std::vector<Sentence> sentences_of(std::string_view text) {
  const std::string folded = fold_text(text);
  std::vector<Sentence> sentences;
  std::size_t before = 0;
  for (const Word& word : words_of(folded)) {
    const std::string_view gap = std::string_view(folded).substr(before, word.begin - before);
    if (!sentences.empty() && ends_sentence(gap)) {
      sentences.back().question = gap.find('?') != std::string_view::npos;
      sentences.emplace_back();
    } else if (sentences.empty()) {
      sentences.emplace_back();
    }
    std::vector<SentenceWord>& words = sentences.back().words;
    const bool label = gap == "-" && !words.empty() && ascii::is_alpha(words.back().text.front()) &&
                       ascii::number(word.text, 9);
    if (label) words.back().label = true;
    words.push_back({std::string(word.text), words.empty() || begins_clause(gap), label});
    before = word.end;
  }
  if (!sentences.empty() && folded.find('?', before) != std::string::npos)
    sentences.back().question = true;
  return sentences;
}

}  // namespace papertray
