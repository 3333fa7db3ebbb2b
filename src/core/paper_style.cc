#include "core/paper_style.h"

#include "core/ascii.h"

namespace papertray {
namespace {

constexpr std::size_t prefix_size = 7;  // ISO 32000-1 section 9.6.4: six capitals and a plus

bool has_subset_prefix(std::string_view name) {
  if (name.size() <= prefix_size || name[prefix_size - 1] != '+') return false;
  for (const char c : name.substr(0, prefix_size - 1))
    if (c < 'A' || c > 'Z') return false;
  return true;
}

// "7.", "A.1", "IV." before a blank; a word like "I" alone too.
std::string_view without_number(std::string_view text) {
  const std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos) return text;
  const std::string_view first = text.substr(0, blank);
  bool number = true;
  for (const char c : first)
    number = number && (ascii::is_digit(c) || c == '.' || c == ')' || c == '(' || c == 'I' || c == 'V' ||
                        c == 'X');
  const bool letter =
      first.size() >= 2 && ascii::is_alpha(first[0]) && (first[1] == '.' || ascii::is_digit(first[1]));
  return number || letter ? text.substr(blank + 1) : text;
}

}  // namespace

std::string plain_font_name(std::string_view name) {
  if (has_subset_prefix(name)) name.remove_prefix(prefix_size);
  std::string plain;
  for (const char c : name)
    if (ascii::is_alpha(c) || ascii::is_digit(c)) plain += ascii::lower(c);
  return plain;
}

std::string plain_heading(std::string_view text) {
  std::string plain;
  for (const char c : without_number(text))
    if (ascii::is_alpha(c) || static_cast<unsigned char>(c) >= 0x80) plain += ascii::lower(c);
  return plain;
}

}  // namespace papertray
