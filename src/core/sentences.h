// A short text cut into sentences and clauses, as far as its punctuation tells. Internal to core.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace papertray {

struct SentenceWord {
  std::string text;     // folded; an apostrophe cuts "don't" into "don" and "t"
  bool begins = false;  // a clause
  bool label = false;   // of "p-7" both the letters and the number
};

struct Sentence {
  std::vector<SentenceWord> words;  // never empty
  bool question = false;
};

std::vector<Sentence> sentences_of(std::string_view text);

}  // namespace papertray
