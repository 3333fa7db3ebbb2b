#include "core/folded.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <utility>

#include <utf8proc.h>

#include "core/ascii.h"
#include "core/printable.h"

namespace papertray {
namespace {

struct Step {
  utf8proc_int32_t code = 0;
  std::size_t size = 0;
};

// Nearly all that is compared is ASCII: it is told apart without looking into Unicode's tables.
constexpr bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}
constexpr utf8proc_int32_t first_beyond_ascii = 0x80;

// Of mended text only.
Step character_at(std::string_view text, std::size_t at) {
  if (const char c = text[at]; is_ascii(c)) return {c, 1};
  utf8proc_int32_t code = 0;
  const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                                     static_cast<utf8proc_ssize_t>(text.size() - at), &code);
  return size < 1 ? Step{0xFFFD, 1} : Step{code, static_cast<std::size_t>(size)};
}

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

bool is_blank(utf8proc_int32_t code) {
  if (code < first_beyond_ascii) return code <= ' ' || code == 0x7F;
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
      return true;
    default:
      return false;
  }
}

enum class Kind { other, cased, uncased };

Kind kind_of(utf8proc_int32_t code) {
  if (code < first_beyond_ascii) {
    const char c = static_cast<char>(code);
    return ascii::is_alpha(c) || ascii::is_digit(c) ? Kind::cased : Kind::other;
  }
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return Kind::cased;
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
      return Kind::uncased;
    default:
      return Kind::other;
  }
}

std::string mended(std::string_view utf8) {
  if (utf8.size() > longest_compared) {
    std::size_t end = longest_compared;
    for (int back = 0; back < 3 && is_continuation(utf8[end]); ++back)
      --end;
    utf8 = utf8.substr(0, end);
  }
  return valid_utf8(utf8);
}

// NFKC_Casefold of a text without white space (Unicode, section 3.13): default ignorable characters
// (zero-width, direction, soft hyphen, variation selectors) fall out.
std::string fold_piece(std::string_view piece) {
  if (ascii::all(piece)) return ascii::lower(piece);
  utf8proc_uint8_t* mapped = nullptr;
  const auto options = static_cast<utf8proc_option_t>(
      UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(piece.data()),
                                 static_cast<utf8proc_ssize_t>(piece.size()), &mapped, options);
  const std::unique_ptr<utf8proc_uint8_t, void (*)(void*)> owner(mapped, std::free);
  if (size < 0) return std::string(piece);
  const std::string folded(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
  return std::string(ascii::trimmed(folded));
}

}  // namespace

std::string Folded::text_of(std::string_view utf8) {
  if (utf8.size() > longest_compared || !ascii::all(utf8)) return Folded(utf8).text_;
  std::string text;
  text.reserve(utf8.size());
  bool blank = false;
  for (const char c : utf8) {
    if (is_blank(c)) {
      blank = true;
      continue;
    }
    if (std::exchange(blank, false) && !text.empty()) text += ' ';
    text += ascii::lower(c);
  }
  return text;
}

// The same as below, of what needs none of Unicode's tables.
void Folded::fold_ascii() {
  text_.reserve(original_.size());
  for (std::size_t at = 0; at < original_.size(); ++at) {
    const std::size_t start = at;
    while (at < original_.size() && !is_blank(original_[at]))
      ++at;
    if (at == start) continue;
    if (!text_.empty()) text_ += ' ';
    pieces_.push_back({start, at, text_.size(), text_.size() + at - start});
    for (std::size_t i = start; i < at; ++i)
      text_ += ascii::lower(original_[i]);
  }
}

Folded::Folded(std::string_view utf8) : original_(mended(utf8)) {
  if (ascii::all(original_)) {
    fold_ascii();
    return;
  }
  std::size_t at = 0;
  while (at < original_.size()) {
    const std::size_t start = at;
    Step step;
    while (at < original_.size() && !is_blank((step = character_at(original_, at)).code))
      at += step.size;
    const std::string folded = fold_piece(std::string_view(original_).substr(start, at - start));
    if (!folded.empty()) {
      if (!text_.empty()) text_ += ' ';
      pieces_.push_back({start, at, text_.size(), text_.size() + folded.size()});
      text_ += folded;
    }
    if (at < original_.size()) at += step.size;
  }
}

std::size_t Folded::origin(std::size_t position) const {
  const auto piece = std::find_if(pieces_.begin(), pieces_.end(),
                                  [&](const Piece& p) { return position <= p.folded_end; });
  if (piece == pieces_.end() || position == piece->folded_end) {
    return piece == pieces_.end() ? original_.size() : piece->original_end;
  }
  const std::size_t wanted = position > piece->folded ? position - piece->folded : 0;
  // The shortest beginning of the piece that folds to so many bytes, found by halving.
  std::size_t low = piece->original;
  std::size_t high = piece->original_end;
  while (low < high) {
    std::size_t middle = low + (high - low) / 2;
    while (middle > low && is_continuation(original_[middle]))
      --middle;
    const std::string_view beginning =
        std::string_view(original_).substr(piece->original, middle - piece->original);
    if (fold_piece(beginning).size() >= wanted) {
      high = middle;
    } else {
      low = middle + character_at(original_, middle).size;
    }
  }
  return low;
}

std::vector<Word> words_of(std::string_view folded) {
  std::vector<Word> words;
  std::size_t at = 0;
  while (at < folded.size()) {
    const std::size_t start = at;
    Step step;
    while (at < folded.size() && kind_of((step = character_at(folded, at)).code) != Kind::other) {
      at += step.size;
    }
    if (at > start) words.push_back({folded.substr(start, at - start), start, at});
    if (at < folded.size()) at += step.size;
  }
  return words;
}

bool word_border(std::string_view folded, std::size_t position) {
  if (position == 0 || position >= folded.size()) return true;
  std::size_t before = position - 1;
  while (before > 0 && is_continuation(folded[before]))
    --before;
  return kind_of(character_at(folded, before).code) != Kind::cased ||
         kind_of(character_at(folded, position).code) != Kind::cased;
}

}  // namespace papertray
