#include "core/subject.h"

#include <array>
#include <span>
#include <vector>

#include "core/ascii.h"
#include "core/folded.h"
#include "core/phrase.h"

namespace papertray {
namespace {

// What mail programs put before the subject of a reply or a forward, folded. Longer ones first is not
// needed: a prefix counts only with its colon.
constexpr std::string_view prefixes[] = {
    "re",   "fwd",        "fw",                                    // English
    "aw",   "antwort",    "wg",                                    // German
    "sv",   "vs",         "vl",   "vb",                            // Swedish, Danish, Norwegian, Finnish
    "antw", "doorst",                                              // Dutch
    "rif",  "r",          "i",                                     // Italian
    "tr",   "ref",                                                 // French
    "rv",   "res",        "enc",                                   // Spanish, Portuguese
    "odp",  "pd",                                                  // Polish
    "vá",   "továbbítás",                                          // Hungarian
    "ynt",  "i̇lt",        "ilt",                                   // Turkish (folded İ is i and a dot)
    "απ",   "πρθ",                                                 // Greek
    "отв",  "на",                                                  // Russian
    "bls",  "trs",        "ats",                                   // Indonesian, Lithuanian
    "回复", "回覆",       "答复", "答覆", "转发", "轉寄", "轉發",  // Chinese
    "返信", "転送",                                                // Japanese
    "회신", "전달",                                                // Korean
    "ext",  "external",                                            // gateways, without brackets
};

// Those of them that pass a mail on. Not "vs", which is a forward in Danish and a reply in Finnish.
constexpr std::string_view forwards[] = {"fwd", "fw",  "wg",   "vl",   "vb",         "doorst", "i",
                                         "tr",  "rv",  "enc",  "pd",   "továbbítás", "i̇lt",    "ilt",
                                         "πρθ", "trs", "转发", "轉寄", "轉發",       "転送",   "전달"};
constexpr std::string_view gateways[] = {"ext", "external"};

// Gateways and lists write short tags; a bracket that closes far away is the sender's own text.
constexpr std::size_t longest_tag = 80;

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] == ' ')
    ++at;
  return at;
}

// The end of `[EXT]` or `【外部】` at `at`, or `at`.
std::size_t after_tag(std::string_view text, std::size_t at) {
  constexpr std::array<std::array<std::string_view, 2>, 2> brackets = {{{"[", "]"}, {"【", "】"}}};
  for (const auto& [open, close] : brackets) {
    if (text.substr(at, open.size()) != open) continue;
    const std::size_t end = text.substr(at, longest_tag).find(close);
    if (end != std::string_view::npos) return at + end + close.size();
  }
  return at;
}

// The end of `re:`, `re[2]:`, `re (3) :`, `fwd^2:` at `at`, or `at`.
std::size_t after_prefix(std::string_view text, std::size_t at, std::string_view prefix) {
  if (text.substr(at, prefix.size()) != prefix) return at;
  std::size_t end = skip_blanks(text, at + prefix.size());
  // A count of at most three digits, in brackets of some kind.
  if (end < text.size() &&
      (text[end] == '[' || text[end] == '(' || text[end] == '^' || text[end] == '*')) {
    std::size_t digit = end + 1;
    while (digit < text.size() && digit < end + 4 && ascii::is_digit(text[digit]))
      ++digit;
    if (digit > end + 1) end = digit;
    if (end < text.size() && (text[end] == ']' || text[end] == ')')) ++end;
    end = skip_blanks(text, end);
  }
  return end < text.size() && text[end] == ':' ? end + 1 : at;
}

std::size_t after_any(std::string_view text, std::size_t at, std::span<const std::string_view> some) {
  for (const std::string_view prefix : some)
    if (const std::size_t end = after_prefix(text, at, prefix); end > at) return end;
  return at;
}

constexpr bool is_one_of(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}

// `[P-7]` at the start: our own number, no title.
std::size_t number_tag(std::string_view text) {
  if (text.empty() || text.front() != '[') return 0;
  const std::size_t close = text.substr(0, longest_tag).find(']');
  const std::size_t dash = text.substr(0, longest_tag).rfind('-', close);
  if (close == std::string_view::npos || dash == std::string_view::npos || dash < 2) return 0;
  return ascii::number(text.substr(dash + 1, close - dash - 1), 9) ? close + 1 : 0;
}

// Dashes, bullets and the like outside ASCII that stand between a phrase and a title.
std::size_t wide_separator(std::string_view text) {
  for (const std::string_view mark :
       {"–",  "—",  "―",  "−", "•", "·", "…",      "→",      "：",     "，",    "、",
        "。", "】", "」", "’", "”", "»", "\u00a0", "\u3000", "\u200b", "\ufeff"}) {
    if (text.substr(0, mark.size()) == mark) return mark.size();
  }
  return 0;
}

// What stands between the phrase and a title goes; what opens a title (a quote, a bracket) stays.
std::string_view without_leading_punctuation(std::string_view text) {
  while (!text.empty()) {
    const char c = text.front();
    if (ascii::is_space(c) || is_one_of(c, "-:;,./|>])}!?*#=_~+&\\")) {
      text.remove_prefix(1);
    } else if ((c == '"' || c == '\'') && (text.size() == 1 || ascii::is_space(text[1]))) {
      text.remove_prefix(1);  // closes a quoted phrase
    } else if (const std::size_t tag = number_tag(text); tag > 0) {
      text.remove_prefix(tag);
    } else if (const std::size_t wide = wide_separator(text); wide > 0) {
      text.remove_prefix(wide);
    } else {
      break;
    }
  }
  return text;
}

std::string_view without_trailing_tag(std::string_view text) {
  text = ascii::trimmed(text);
  if (ascii::ends_with(text, "(fwd)")) return ascii::trimmed(text.substr(0, text.size() - 5));
  const std::size_t open = text.rfind('[');
  if (open == std::string_view::npos || number_tag(text.substr(open)) + open != text.size()) return text;
  return ascii::trimmed(text.substr(0, open));
}

}  // namespace

std::string fold_text(std::string_view utf8) {
  return Folded::text_of(utf8);
}

std::string bare_subject(std::string_view utf8) {
  const std::string folded = fold_text(utf8);
  std::size_t at = 0;
  while (true) {
    std::size_t next = skip_blanks(folded, at);
    next = after_tag(folded, next);
    if (next == skip_blanks(folded, at)) next = after_any(folded, next, prefixes);
    if (next == at) break;
    at = next;
  }
  return folded.substr(at);
}

bool says_forwarded(std::string_view utf8) {
  const std::string folded = fold_text(utf8);
  for (std::size_t at = 0;;) {
    const std::size_t word = skip_blanks(folded, at);
    if (after_any(folded, word, forwards) > word) return true;
    at = after_tag(folded, word);
    if (at == word) at = after_any(folded, word, gateways);
    if (at == word) break;
  }
  return folded.ends_with("(fwd)");
}

bool says_answered(std::string_view utf8) {
  const std::string folded = fold_text(utf8);
  for (std::size_t at = 0;;) {
    const std::size_t word = skip_blanks(folded, at);
    at = after_tag(folded, word);
    if (at == word) at = after_any(folded, word, gateways);
    if (at == word)
      return after_any(folded, word, prefixes) > word && after_any(folded, word, forwards) == word;
  }
}

std::string subject_remainder(std::string_view utf8, std::string_view phrase) {
  const Folded subject(utf8);
  const PhrasePlace place = find_phrase(subject.text(), fold_text(phrase));
  if (place.match == PhraseMatch::no) return "";
  const std::string_view rest = std::string_view(subject.original()).substr(subject.origin(place.end));
  return std::string(without_trailing_tag(without_leading_punctuation(rest)));
}

PhraseMatch match_phrase(std::string_view subject, std::string_view phrase) {
  return match_folded(fold_text(subject), phrase);
}

PhraseMatch match_folded(std::string_view folded, std::string_view phrase) {
  return find_phrase(folded, fold_text(phrase)).match;
}

}  // namespace papertray
