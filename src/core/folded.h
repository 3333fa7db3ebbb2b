// A text folded for comparing (core/subject.h) that still knows where each piece came from, so that a
// title can be given back as it was written. Internal to core.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace papertray {

// Only so much of a text is compared: a line of mail has at most 998 bytes (RFC 5322 section 2.1.1),
// and sorting the marks of a hostile text takes time in the square of its length.
inline constexpr std::size_t longest_compared = 4096;

class Folded {
 public:
  explicit Folded(std::string_view utf8);

  // text() alone, which is sooner made.
  static std::string text_of(std::string_view utf8);

  const std::string& text() const { return text_; }
  const std::string& original() const { return original_; }  // mended and cut to longest_compared

  // The byte of original() at which `position` of text() stands.
  std::size_t origin(std::size_t position) const;

 private:
  void fold_ascii();

  // A run without white space: where it stands in both.
  struct Piece {
    std::size_t original, original_end;
    std::size_t folded, folded_end;
  };

  std::string original_;
  std::string text_;
  std::vector<Piece> pieces_;
};

// A run of letters, marks and digits of a folded text.
struct Word {
  std::string_view text;
  std::size_t begin, end;
};
std::vector<Word> words_of(std::string_view folded);

// Whether a phrase may end between `position - 1` and `position`: not within a word that has upper
// and lower case or a number. Scripts that write without blanks have a border everywhere.
bool word_border(std::string_view folded, std::size_t position);

}  // namespace papertray
