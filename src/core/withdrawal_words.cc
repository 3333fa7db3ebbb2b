// What people write when they take a paper back, told from what they write about taking back: word by
// word, which ones stand before "withdraw" in its clause, and which thing after it.
#include <algorithm>
#include <iterator>
#include <span>

#include "core/ascii.h"
#include "core/sentences.h"
#include "core/withdrawal.h"

namespace papertray {
namespace {

// Somebody who asks says so at once: bytes of a beginning that are looked at, and of a whole answer.
constexpr std::size_t longest_beginning = 600;
constexpr std::size_t longest_answer = 4'000;
constexpr std::size_t longest_greeting = 60;

using Words = std::span<const std::string_view>;

constexpr std::string_view stem = "withdraw";
constexpr std::string_view verbs[] = {"withdraw", "withdrawing"};
constexpr std::string_view nouns[] = {"withdrawal", "withdrawl", "withdrawel"};

// "we will not withdraw", "without withdrawing", "please cancel the withdrawal"
constexpr std::string_view negations[] = {"not",     "no",      "never",     "nor",    "neither",
                                          "without", "cannot",  "cant",      "dont",   "wont",
                                          "didnt",   "instead", "rather",    "stop",   "cancel",
                                          "revoke",  "undo",    "disregard", "ignore", "refuse"};
// With one of these another thing begins: "we cannot come, so please withdraw it".
constexpr std::string_view turns[] = {"so", "therefore", "hence", "thus", "please", "pls", "and", "but"};
// Who says "if" asks for nothing yet.
constexpr std::string_view conditions[] = {"if", "whether", "unless"};
// Before "withdraw": a question, or a thought.
constexpr std::string_view doubts[] = {
    "might", "may", "maybe", "perhaps", "how",      "why",      "who",         "when",    "what",
    "which", "did", "has",   "think",   "thinking", "consider", "considering", "thought", "wonder"};

constexpr std::string_view things[] = {
    "it",         "this",        "that",       "them",         "these",     "paper", "papers",
    "submission", "submissions", "article",    "contribution", "work",      "draft", "poster",
    "entry",      "abstract",    "manuscript", "question",     "questions", "ours",  "mine"};
// "withdraw from the workshop"
constexpr std::string_view places[] = {"workshop", "conference", "consideration", "review",
                                       "program",  "programme",  "track",         "proceedings"};
// What else can be taken back: a person decides.
constexpr std::string_view other_things[] = {
    "version", "versions", "file",    "files",  "attachment", "name",      "author", "authors",
    "funding", "money",    "support", "offer",  "consent",    "copyright", "arxiv",  "coauthor",
    "earlier", "previous", "first",   "second", "old",        "older"};
// What may stand beside "withdraw" where nothing else does.
constexpr std::string_view asking[] = {
    "please", "pls",      "kindly",       "we",      "i",          "want",      "would",      "like",
    "wish",   "to",       "hereby",       "must",    "need",       "have",      "had",        "decided",
    "will",   "d",        "ll",           "am",      "are",        "is",        "the",        "a",
    "an",     "our",      "my",           "for",     "of",         "about",     "re",         "request",
    "urgent", "requests", "formal",       "notice",  "requesting", "official",  "now",        "today",
    "thanks", "thank",    "notification", "confirm", "you",        "number",    "nr",         "no",
    "id",     "from",     "nips",         "neurips", "workshop",   "regarding", "conference", "full",
    "could",  "can",      "asking",       "ask",     "concerning", "immediate", "immediately"};
constexpr std::string_view polite[] = {"you", "please"};

constexpr std::string_view yes_words[] = {
    "yes",   "yeah",    "yep",        "yup",       "ok",         "okay",
    "sure",  "confirm", "confirmed",  "agreed",    "correct",    "confirming",
    "right", "indeed",  "absolutely", "certainly", "definitely", "affirmative"};
constexpr std::string_view no_words[] = {"no",   "nope", "not",  "never",   "keep",  "don",   "dont",
                                         "wait", "stop", "hold", "mistake", "wrong", "cancel"};
constexpr std::string_view reservations[] = {"but", "unless", "if", "except", "only"};

bool is_one_of(std::string_view word, Words words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool has_any(const Sentence& sentence, Words words) {
  return std::any_of(sentence.words.begin(), sentence.words.end(),
                     [&](const SentenceWord& word) { return is_one_of(word.text, words); });
}

// The clause that a word stands in.
class Clause {
 public:
  Clause(const Sentence& sentence, std::size_t at)
      : words_(sentence.words), begin_(at), at_(at), end_(at + 1) {
    while (begin_ > 0 && !words_[begin_].begins && !is_one_of(words_[begin_ - 1].text, turns))
      --begin_;
    while (end_ < words_.size() && !words_[end_].begins)
      ++end_;
  }

  bool negated() const {
    for (std::size_t i = begin_; i < at_; ++i)
      if (is_negation(i)) return true;
    return false;
  }
  bool has_before(Words some) const {
    return std::any_of(words_.begin() + static_cast<std::ptrdiff_t>(begin_),
                       words_.begin() + static_cast<std::ptrdiff_t>(at_),
                       [&](const SentenceWord& word) { return is_one_of(word.text, some); });
  }
  bool is_followed_by(std::string_view word) const {
    return at_ + 1 < end_ && words_[at_ + 1].text == word;
  }
  // Nothing around it but words of asking, things and labels.
  bool asks_alone() const {
    for (std::size_t i = begin_; i < end_; ++i) {
      const std::string& word = words_[i].text;
      if (i != at_ && !words_[i].label && !is_one_of(word, asking) && !is_one_of(word, things))
        return false;
    }
    return true;
  }
  // The thing stands soon after it: "our recently submitted workshop paper".
  bool takes_back_a_thing() const {
    constexpr std::size_t near = 8;
    bool found = false;
    bool away = false;  // "from the workshop"
    for (std::size_t i = at_ + 1; i < std::min(end_, at_ + 1 + near); ++i) {
      const std::string& word = words_[i].text;
      if (is_one_of(word, other_things)) return false;
      away = away || word == "from";
      found = found || words_[i].label || is_one_of(word, things) || (away && is_one_of(word, places));
    }
    return found;
  }

 private:
  // "not", the t of "don't"; "no" before a number is short for it.
  bool is_negation(std::size_t i) const {
    const std::string& word = words_[i].text;
    if (word == "no" && i + 1 < words_.size() && ascii::number(words_[i + 1].text, 9)) return false;
    return word == "t" ? i > 0 : is_one_of(word, negations);
  }

  const std::vector<SentenceWord>& words_;
  std::size_t begin_, at_, end_;
};

enum class Mood { none, asks, refuses };

Mood mood_at(const Sentence& sentence, std::size_t at) {
  const std::string& word = sentence.words[at].text;
  const bool verb = is_one_of(word, verbs);
  if (!verb && !is_one_of(word, nouns)) return Mood::none;
  const Clause clause(sentence, at);
  if (clause.negated()) return Mood::refuses;
  if (has_any(sentence, conditions) || clause.has_before(doubts)) return Mood::none;
  if (sentence.question && !has_any(sentence, polite)) return Mood::none;
  if (clause.asks_alone()) return Mood::asks;
  if (!verb && !clause.is_followed_by("of")) return Mood::none;
  return clause.takes_back_a_thing() ? Mood::asks : Mood::none;
}

Mood mood_of(const Sentence& sentence) {
  Mood mood = Mood::none;
  for (std::size_t i = 0; i < sentence.words.size(); ++i) {
    const Mood here = mood_at(sentence, i);
    if (here == Mood::refuses) return here;
    if (here == Mood::asks) mood = here;
  }
  return mood;
}

Mood mood_of(const std::vector<Sentence>& sentences) {
  for (const Sentence& sentence : sentences)
    if (const Mood mood = mood_of(sentence); mood != Mood::none) return mood;
  return Mood::none;
}

std::string_view next_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  const std::string_view line = ascii::trimmed(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

// "Dear organizers,", "All,"
bool is_greeting(std::string_view line) {
  if (line.size() > longest_greeting || speaks_of_withdrawal(line)) return false;
  for (const std::string_view word : {"dear", "hi", "hello", "hey", "good morning", "good afternoon",
                                      "good evening", "greetings", "to whom"}) {
    if (!ascii::starts_with(line, word)) continue;
    if (line.size() == word.size() || !ascii::is_alpha(line[word.size()])) return true;
  }
  return line.ends_with(',') && line.find(' ') == std::string_view::npos &&
         !ascii::starts_with(line, "yes") && !ascii::starts_with(line, "no,");
}

// The first line that is more than a greeting, with the lines below that complete its last sentence:
// programs break lines anywhere.
std::vector<Sentence> first_line(std::string_view said) {
  std::string_view rest = said.substr(0, longest_beginning);
  std::string_view line;
  while (!rest.empty() && (line.empty() || is_greeting(line)))
    line = next_line(rest);
  std::string text(line);
  const std::size_t count = sentences_of(text).size();
  for (line = next_line(rest); !line.empty(); line = next_line(rest))
    text.append(" ").append(line);
  std::vector<Sentence> sentences = sentences_of(text);
  sentences.erase(sentences.begin() + static_cast<std::ptrdiff_t>(std::min(count, sentences.size())),
                  sentences.end());
  return sentences;
}

}  // namespace

bool speaks_of_withdrawal(std::string_view text) {
  return std::search(text.begin(), text.end(), stem.begin(), stem.end(),
                     [](char a, char b) { return ascii::lower(a) == b; }) != text.end();
}

bool asks_to_withdraw(std::string_view subject, std::string_view said) {
  subject = subject.substr(0, longest_beginning);
  if (speaks_of_withdrawal(subject) && mood_of(sentences_of(subject)) == Mood::asks) return true;
  said = said.substr(0, longest_beginning);
  return speaks_of_withdrawal(said) && mood_of(first_line(said)) == Mood::asks;
}

WithdrawalAnswer answers_withdrawal(std::string_view said) {
  const std::vector<Sentence> first = first_line(said);
  if (first.empty()) return WithdrawalAnswer::unclear;
  for (const Sentence& sentence : sentences_of(said.substr(0, longest_answer)))
    if (mood_of(sentence) == Mood::refuses) return WithdrawalAnswer::no;
  const Sentence& sentence = first.front();
  if (has_any(sentence, no_words)) return WithdrawalAnswer::no;
  if (sentence.question || has_any(sentence, reservations)) return WithdrawalAnswer::unclear;
  constexpr std::size_t near = 4;  // "I hereby confirm", "Thanks, yes"
  for (std::size_t i = 0; i < std::min(near, sentence.words.size()); ++i)
    if (is_one_of(sentence.words[i].text, yes_words)) return WithdrawalAnswer::yes;
  constexpr std::string_view orders[][2] = {
      {"please", "do"}, {"go", "ahead"}, {"do", "it"}, {"do", "so"}};
  for (const auto& [one, two] : orders)
    if (sentence.words.size() >= 2 && sentence.words[0].text == one && sentence.words[1].text == two)
      return WithdrawalAnswer::yes;
  return mood_of(first) == Mood::asks ? WithdrawalAnswer::yes : WithdrawalAnswer::unclear;
}

}  // namespace papertray
