// A mail's text as lines, and what each looks like before anybody asks what it means. Internal to core.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace papertray {

enum class LineKind : std::uint8_t {
  blank,
  quote,  // "> so"
  text,
  code,  // between two lines of ```: nothing in there means anything else
};

struct ReplyLine {
  std::string_view text;  // without its LF
  LineKind kind = LineKind::blank;
};

class ReplyLines {
 public:
  explicit ReplyLines(std::string_view text);

  std::size_t size() const { return lines_.size(); }
  const ReplyLine& operator[](std::size_t i) const {
    ++looked_at_;
    return lines_[i];
  }
  bool blank(std::size_t i) const { return (*this)[i].kind == LineKind::blank; }
  bool quote(std::size_t i) const { return (*this)[i].kind == LineKind::quote; }
  bool text(std::size_t i) const { return (*this)[i].kind == LineKind::text; }

  // Lower case, every sort of blank, quotation mark, dash and colon as the ASCII one, invisible marks
  // left out, no blanks at the ends. Longer lines than `longest_telling` are "": none of them introduces
  // anything.
  std::string folded(std::size_t i) const;

  // The first line at or after `i` that is not blank; size() when there is none.
  std::size_t next_written(std::size_t i) const;

  // Bytes and lines, each time counted.
  std::size_t looked_at() const { return looked_at_; }

 private:
  void mark_code();
  void mark_initials();
  void unmark_broken_addresses();

  std::vector<ReplyLine> lines_;
  mutable std::size_t looked_at_ = 0;
};

// The lines that introduce a quoted mail or a signature are short: names, an address, a date.
inline constexpr std::size_t longest_telling = 400;

std::string fold_line(std::string_view line);

// Columns do not matter here: characters.
std::size_t characters(std::string_view utf8);

}  // namespace papertray
