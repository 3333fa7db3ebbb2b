// Subjects, made comparable: NFKC, case folded, white space folded, invisible characters dropped,
// reply, forward and list prefixes stripped. Linear in the subject's length, and only its first 4,096
// bytes are looked at: it is hostile.
#pragma once

#include <string>
#include <string_view>

namespace papertray {

// NFKC and case folding (Unicode's default folding), white space runs to one blank, ends trimmed,
// zero-width and direction characters dropped. Bytes that are no UTF-8 become U+FFFD.
std::string fold_text(std::string_view utf8);

// fold_text without any number of leading `Re:`, `AW:`, `Fwd:`, `[EXT]`, `[list]`, `Re[2]:`.
std::string bare_subject(std::string_view utf8);

// Whether the mail itself passes one on: `WG: Papers`, `[list] Fwd: Papers`, but not `Re: Fwd: Papers`.
bool says_forwarded(std::string_view utf8);

// Whether the subject is of an answer: `Re: Papers`, `[list] AW: Papers`.
bool says_answered(std::string_view utf8);

// What is left of the subject after the track's phrase: a title some authors put there; as
// written, without leading punctuation. "" when nothing is left.
std::string subject_remainder(std::string_view utf8, std::string_view phrase);

enum class PhraseMatch { no, near, exact };

// exact: the folded phrase stands anywhere in the bare subject, at word borders.
// near: after at most two edits, or `neurips` for `nips`, or a missing or added `workshop`, some
// run of words of the subject is the phrase.
PhraseMatch match_phrase(std::string_view subject, std::string_view phrase);
// The same of a subject that fold_text has made, for many phrases.
PhraseMatch match_folded(std::string_view folded, std::string_view phrase);

}  // namespace papertray
