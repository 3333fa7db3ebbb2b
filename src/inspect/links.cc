#include "inspect/links.h"

#include <algorithm>

#include "inspect/caps.h"
#include "inspect/plain_text.h"

namespace papertray {
namespace {

// 0 when `text` does not begin so, else the length of "http://" or "https://" before a host.
std::size_t scheme_size(std::string_view text) {
  for (const std::string_view scheme : {"https://", "http://"})
    if (text.size() > scheme.size() && same_ascii(text.substr(0, scheme.size()), scheme))
      return scheme.size();
  return 0;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// RFC 3986 appendix C: white space, angle brackets and quotes end an address in text.
bool ends_address(char c) {
  return (c >= 0 && c <= ' ') || c == '<' || c == '>' || c == '"' || c == '\'' || c == '`' || c == 0x7F;
}

bool closes_more(std::string_view text, char open, char close) {
  return text.back() == close &&
         std::count(text.begin(), text.end(), close) > std::count(text.begin(), text.end(), open);
}

// Punctuation behind an address belongs to the sentence; a closing bracket only without its opening one.
std::string_view without_punctuation(std::string_view address) {
  while (!address.empty()) {
    const char last = address.back();
    const bool mark = std::string_view(".,;:!?*_").find(last) != std::string_view::npos;
    const bool closes = closes_more(address, '(', ')') || closes_more(address, '[', ']') ||
                        closes_more(address, '{', '}');
    if (!mark && !closes) break;
    address.remove_suffix(1);
  }
  return address;
}

}  // namespace

void Links::add(std::string_view address) {
  address = trim(address);
  if (scheme_size(address) == 0 || address.size() > caps::link_bytes) return;
  if (std::any_of(address.begin(), address.end(), ends_address)) return;
  if (std::find(links_.begin(), links_.end(), address) != links_.end()) return;
  if (links_.size() >= caps::links) {
    cut_ = true;
    return;
  }
  links_.emplace_back(address);
}

void Links::find_in(std::string_view text) {
  // "://" is rare in text, so looking for it is quicker than for every h.
  for (auto at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 3)) {
    std::size_t start = at;
    while (start > 0 && at - start < 6 && is_letter(text[start - 1]))
      --start;
    if (scheme_size(text.substr(start)) == 0) continue;
    const std::string_view rest = text.substr(start, caps::link_bytes + 1);
    const auto end = std::find_if(rest.begin(), rest.end(), ends_address);
    const auto size = static_cast<std::size_t>(end - rest.begin());
    add(without_punctuation(rest.substr(0, size)));
    at = std::max(at, start + size - 3);  // an address within an address is no other one
  }
}

}  // namespace papertray
