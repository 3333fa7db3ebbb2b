// What a receipt's token looks like: it stands in our Message-ID, in References and in X-Papertray-Id,
// so that what comes back finds the row of the outbox that it answers.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace papertray {

inline constexpr std::string_view token_mark = "pt-";
inline constexpr std::size_t token_digits = 24;  // 96 bits of the answered mail's SHA-256

// The token of the receipt for the mail with this SHA-256 (64 hex digits).
std::string token_of(std::string_view sha256);

// Nothing but a token.
bool is_token(std::string_view text);

// The first token in a text, "" when there is none: "pt-" and exactly 24 lower-case hex digits that
// are no part of a longer word.
std::string token_in(std::string_view text);

}  // namespace papertray
