// The words by which mail programs introduce quotes, headers, forwarded mails and themselves, in the
// languages people write to us in. Everything here is folded (fold_line). Internal to core.
#pragma once

#include <string_view>

namespace papertray {

// "wrote" and its like. In some languages a name may follow: "schrieb Ada:". Of a word, `last` or
// `before_name`; of a line, `last` when the verb ends it, else `middle` or `before_name`.
enum class Wrote { no, middle, before_name, last };
Wrote wrote_word(std::string_view word);
// The same where words have no blanks between them.
bool has_wrote_sign(std::string_view line);

// The first word of "On Monday, ...": a preposition or a day of the week.
bool opens_attribution(std::string_view word);
bool begins_like_month(std::string_view word);

enum class HeaderName { none, from, date, to, subject, other };
HeaderName header_name(std::string_view name);

// "Original Message", "Forwarded message": within a line of dashes, or alone before a colon.
enum class Introduces { nothing, original, forwarded };
Introduces introduces(std::string_view line);

// "Sent from my iPhone", "Get Outlook for iOS".
bool begins_client_line(std::string_view line);  // and says so to its end
bool begins_sent_from(std::string_view line);    // may be a sentence: the rest decides
bool names_device(std::string_view words);

// How many of a disclaimer's turns of phrase a line has, and whether one of them is said nowhere else.
int legal_words_in(std::string_view line);
bool is_surely_legal(std::string_view line);

}  // namespace papertray
