// The raw mail in the worker's memory, with the few repairs that must come before any parser.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include <gmime/gmime.h>

#include "inspect/notes.h"

namespace papertray {

class MailBuffer {
 public:
  // Reads `size` bytes from the start of `fd`. False when they are not there.
  bool load(int fd, std::uint64_t size);
  void assign(std::string_view bytes);

  // Mends what makes a mail unreadable though a person would see nothing wrong: bare CR or CR CR LF line
  // ends, NUL in the header, an mbox From line on top, headers that no empty line ends. Cuts header
  // fields to caps::one_header_bytes. Throws set_aside for more border lines than caps::border_lines.
  void mend(Notes& notes);

  // Of several Content-Type fields in the mail's header, only this one stays (0: the first).
  void keep_type(std::size_t which);

  // After mend, for a mail that turns out to begin with its text: an empty header in front.
  void put_empty_header();

  std::string_view bytes() const { return {begin(), size_}; }
  // Behind the header.
  std::string_view body() const { return bytes().substr(header_size()); }
  // A view for GMime's memory stream; valid until the buffer changes.
  GByteArray* view_for_gmime();

 private:
  char* begin() const { return storage_.get() + offset_; }
  void reserve(std::uint64_t size);
  void mend_line_ends(Notes& notes);
  void drop_from_line();
  void drop_nul(Notes& notes);
  void cut_long_fields(Notes& notes);
  void end_header(Notes& notes);
  void end_headers(Notes& notes);
  void end_header_at(std::size_t header, Notes& notes);
  void count_borders() const;
  void replace_header(std::size_t old_size, std::string_view header);
  std::size_t header_size() const;

  std::unique_ptr<char[]> storage_;
  std::size_t capacity_ = 0;
  std::size_t offset_ = 0;
  std::size_t size_ = 0;
  bool ended_by_us_ = false;  // the two line ends at the end are ours
  GByteArray view_{};
};

}  // namespace papertray
