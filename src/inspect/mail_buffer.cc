#include "inspect/mail_buffer.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include <unistd.h>

#include "inspect/caps.h"
#include "inspect/header_end.h"
#include "inspect/plain_text.h"
#include "inspect/set_aside.h"

namespace papertray {
namespace {

// Room for the empty line that put_empty_header and mend may add, and for those that end headers within.
constexpr std::size_t before = 1;
constexpr std::size_t empty_line = 2;
// A program that forgets the line does so in every part; a mail with a paper has a few. Each costs a
// move of all that follows.
constexpr std::size_t most_ends = 16;
constexpr std::size_t behind = empty_line + most_ends;
// What is kept from mail to mail; a larger buffer goes back to the system.
constexpr std::size_t kept_capacity = 4 * caps::mib;

// text.find("\n--", from), by the byte that base64 does not have: its lines are not stopped at.
std::size_t next_border(std::string_view text, std::size_t from) {
  for (auto dash = text.find('-', from + 1); dash != std::string_view::npos;
       dash = text.find('-', dash + 1))
    if (text[dash - 1] == '\n' && text.substr(dash, 2) == "--") return dash - 1;
  return std::string_view::npos;
}

}  // namespace

void MailBuffer::reserve(std::uint64_t size) {
  const std::size_t needed = static_cast<std::size_t>(size) + before + behind;
  if (capacity_ < needed || capacity_ > kept_capacity) {
    storage_.reset();  // first, so that two large ones never stand side by side
    capacity_ = std::max<std::size_t>(needed, 256 * caps::kib);
    storage_ = std::make_unique_for_overwrite<char[]>(capacity_);
  }
  offset_ = before;
  ended_by_us_ = false;
  size_ = static_cast<std::size_t>(size);
}

bool MailBuffer::load(int fd, std::uint64_t size) {
  reserve(size);
  std::size_t done = 0;
  while (done < size_) {
    const ssize_t got = ::pread(fd, begin() + done, size_ - done, static_cast<off_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    done += static_cast<std::size_t>(got);
  }
  return true;
}

void MailBuffer::assign(std::string_view bytes) {
  reserve(bytes.size());
  std::copy(bytes.begin(), bytes.end(), begin());
}

void MailBuffer::mend_line_ends(Notes& notes) {
  const std::string_view all = bytes();
  const auto first = all.find_first_of("\r\n");
  if (first == std::string_view::npos || all[first] == '\n') return;
  const std::string_view end = all.substr(first, 3);
  if (end.starts_with("\r\n")) return;
  char* to = begin();
  if (end == "\r\r\n") {
    notes.add("line ends are CR CR LF");
    for (std::size_t i = 0; i < all.size(); ++i)
      if (all.substr(i, 3) != "\r\r\n") *to++ = all[i];
    size_ = static_cast<std::size_t>(to - begin());
    return;
  }
  notes.add("line ends are bare CR");
  for (std::size_t i = 0; i < size_; ++i, ++to)
    if (*to == '\r' && (i + 1 == size_ || to[1] != '\n')) *to = '\n';
}

// Up to and with the empty line; the whole mail when there is none.
std::size_t MailBuffer::header_size() const {
  const std::string_view all = bytes();
  std::size_t line = 0;
  while (line < all.size()) {
    const std::string_view rest = all.substr(line);
    if (rest.front() == '\n') return line + 1;
    if (rest.starts_with("\r\n")) return line + 2;
    const auto end = all.find('\n', line);
    if (end == std::string_view::npos) break;
    line = end + 1;
  }
  return all.size();
}

// `header` is no longer than what it replaces.
void MailBuffer::replace_header(std::size_t old_size, std::string_view header) {
  std::copy(header.begin(), header.end(), begin());
  std::memmove(begin() + header.size(), begin() + old_size, size_ - old_size);
  size_ -= old_size - header.size();
}

void MailBuffer::drop_from_line() {
  if (!bytes().starts_with("From ") && !bytes().starts_with(">From ")) return;
  const auto end = std::min(bytes().find('\n'), size_ - 1);
  offset_ += end + 1;
  size_ -= end + 1;
}

void MailBuffer::drop_nul(Notes& notes) {
  const std::size_t size = header_size();
  if (bytes().substr(0, size).find('\0') == std::string_view::npos) return;
  std::string header(bytes().substr(0, size));
  std::erase(header, '\0');
  notes.add("NUL in the header");
  replace_header(size, header);
}

void MailBuffer::cut_long_fields(Notes& notes) {
  const std::size_t size = header_size();
  if (size <= caps::one_header_bytes) return;
  std::string header;
  std::size_t field = 0;  // bytes of the field so far
  bool told = false;
  std::string_view name;
  for (std::string_view rest = bytes().substr(0, size); !rest.empty();) {
    const std::string_view line = rest.substr(0, std::min(rest.find('\n'), rest.size() - 1) + 1);
    rest.remove_prefix(line.size());
    if (line.front() != ' ' && line.front() != '\t') {
      field = 0;
      told = false;
      name = line.substr(0, std::min<std::size_t>(line.find(':'), 40));
    }
    const std::size_t room = caps::one_header_bytes - std::min(field, caps::one_header_bytes);
    field += line.size();
    if (line.size() <= room) {
      header += line;
      continue;
    }
    if (!std::exchange(told, true))  // a field may have millions of lines
      notes.add("the " + std::string(name) + " header is cut after " +
                std::to_string(caps::one_header_bytes) + " bytes");
    if (room > 0) (header += line.substr(0, room - 1)) += '\n';
  }
  replace_header(size, header);
}

// GMime would take a last line without its end for a field name cut in two, and give up.
void MailBuffer::end_header(Notes& notes) {
  if (header_size() < size_ || bytes().ends_with("\n\n") || bytes().ends_with("\n\r\n")) return;
  if (size_ > 0) notes.add("no empty line after the header");
  std::memcpy(begin() + size_, "\n\n", empty_line);
  size_ += empty_line;
  ended_by_us_ = true;
}

// Without it GMime takes all of the body for a header's bad lines, and drops it.
void MailBuffer::end_header_at(std::size_t header, Notes& notes) {
  const std::size_t body = body_without_empty_line(bytes().substr(header));
  if (body == std::string_view::npos) return;
  char* const gap = begin() + header + body;
  std::memmove(gap + 1, gap, size_ - header - body);
  *gap = '\n';
  ++size_;
  notes.add("no empty line after a header");
}

// Of parts: behind a line that is the border some multipart names.
void MailBuffer::end_headers(Notes& notes) {
  constexpr std::string_view field = "content-";
  end_header_at(0, notes);
  std::size_t looks = 0;
  for (auto at = next_border(bytes(), 0); at != std::string_view::npos;
       at = next_border(bytes(), at + 3)) {
    const auto end = bytes().find('\n', at + 1);
    if (end == std::string_view::npos) return;
    if (!same_ascii(bytes().substr(end + 1, field.size()), field)) continue;
    if (body_without_empty_line(bytes().substr(end + 1)) == std::string_view::npos) continue;
    if (++looks == most_ends) return;  // each costs a search through all that is above
    const std::string border(trim(bytes().substr(at + 3, end - at - 3)));
    const std::string_view above = bytes().substr(0, at);
    if (above.find("=" + border) != std::string_view::npos ||
        above.find("=\"" + border) != std::string_view::npos)
      end_header_at(end + 1, notes);
  }
}

void MailBuffer::keep_type(std::size_t which) {
  const std::size_t size = header_size();
  std::string header;
  std::size_t seen = 0;
  bool drop = false;
  for (std::string_view rest = bytes().substr(0, size); !rest.empty();) {
    const std::string_view line = rest.substr(0, std::min(rest.find('\n'), rest.size() - 1) + 1);
    rest.remove_prefix(line.size());
    if (line.front() != ' ' && line.front() != '\t')
      drop = same_ascii(trim(line.substr(0, line.find(':'))), "Content-Type") && seen++ != which;
    if (!drop) header += line;
  }
  replace_header(size, header);
}

void MailBuffer::count_borders() const {
  std::size_t borders = 0;
  const std::string_view all = bytes();
  for (auto at = next_border(all, 0); at != std::string_view::npos; at = next_border(all, at + 3))
    ++borders;
  if (borders > caps::border_lines) {
    throw set_aside("the mail has " + std::to_string(borders) +
                    " lines that look like borders of parts, more than the " +
                    std::to_string(caps::border_lines) + " that are looked at");
  }
}

void MailBuffer::mend(Notes& notes) {
  mend_line_ends(notes);
  drop_from_line();
  drop_nul(notes);
  cut_long_fields(notes);
  count_borders();
  end_headers(notes);
  end_header(notes);
}

void MailBuffer::put_empty_header() {
  if (ended_by_us_) size_ -= empty_line;
  ended_by_us_ = false;
  --offset_;
  ++size_;
  *begin() = '\n';
}

GByteArray* MailBuffer::view_for_gmime() {
  view_.data = reinterpret_cast<guint8*>(begin());
  view_.len = static_cast<guint>(size_);
  return &view_;
}

}  // namespace papertray
