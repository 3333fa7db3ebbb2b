#include "core/receipt_token.h"

#include "core/ascii.h"

namespace papertray {
namespace {

bool is_hex(char c) {
  return ascii::is_digit(c) || (c >= 'a' && c <= 'f');
}

bool goes_on(char c) {
  return ascii::is_digit(c) || ascii::is_alpha(c) || c == '-' || c == '_';
}

}  // namespace

std::string token_of(std::string_view sha256) {
  return std::string(token_mark) + std::string(sha256.substr(0, token_digits));
}

bool is_token(std::string_view text) {
  if (text.size() != token_mark.size() + token_digits || !text.starts_with(token_mark)) return false;
  return std::all_of(text.begin() + token_mark.size(), text.end(), is_hex);
}

std::string token_in(std::string_view text) {
  for (auto at = text.find(token_mark); at != std::string_view::npos;
       at = text.find(token_mark, at + 1)) {
    const std::string_view word = text.substr(at, token_mark.size() + token_digits);
    const std::size_t end = at + word.size();
    if (!is_token(word) || (at > 0 && goes_on(text[at - 1])) ||
        (end < text.size() && goes_on(text[end])))
      continue;
    return std::string(word);
  }
  return "";
}

}  // namespace papertray
