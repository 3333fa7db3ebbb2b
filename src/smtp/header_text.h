// Header values as they stand in a mail: folded at 76 columns (RFC 5322 section 2.2.3), what is not
// plain ASCII as encoded words (RFC 2047).
//
// We fold ourselves: mimetic's own folding turns the blank it folds at into a TAB, and writes an
// empty line into a value that is folded already, which would end the header.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace papertray {

inline constexpr std::size_t max_header_columns = 76;
// RFC 2047 section 2: an encoded word is at most 75 octets long.
inline constexpr std::size_t max_encoded_word = 75;

// The value of one field while it is written: words go in, lines come out.
class HeaderLine {
 public:
  // `name` is the field's, at most 40 octets, for the columns it takes on the first line.
  explicit HeaderLine(std::string_view name);

  // One word that stays whole, after one blank unless it is the first; folds there when it would not
  // fit. The first word always stays on the first line: some readers take a fold right after the colon
  // for a blank of the value.
  void word(std::string_view word);

  // UTF-8 as encoded words, as many as it takes, each with whole characters only (RFC 2047 section 5).
  void encoded(std::string_view utf8);

  // Columns left on this line for one more word.
  std::size_t room() const;

  // The value, without the line end.
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::size_t column_;
};

// Free text (Subject, X-...): plain where it can be, encoded words from the first word that needs it to
// the last. `utf8` is valid UTF-8 without CR, LF and NUL.
std::string unstructured_value(std::string_view name, std::string_view utf8);

// From or To: the display name ("" for none) as atoms, a quoted string or encoded words, then the
// address, which has been checked (mailbox_text.h) and is never folded.
std::string mailbox_value(std::string_view name, std::string_view display, std::string_view address);

// `<id> <id>`; ids come without < > and have been checked.
std::string ids_value(std::string_view name, const std::vector<std::string>& ids);

}  // namespace papertray
