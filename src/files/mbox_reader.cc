#include "files/mbox_reader.h"

#include <algorithm>
#include <string_view>

#include "files/from_line.h"

namespace papertray {
namespace {

constexpr std::string_view mmdf_line = "\x01\x01\x01\x01";
// Enough of the line after a doubtful From line to see a header field's name.
constexpr std::size_t field_name_bytes = 80;
constexpr std::uint64_t sniff_bytes = 4096;

// A From line stands here, as far as the line and what follows it tell.
bool from_line(const Line& line, bool after_empty, const LineScanner& lines, std::optional<Time>& date) {
  const FromLineRead read = read_from_line(line.head);
  date = read.date;
  if (read.is == FromLine::no || (read.is == FromLine::perhaps && !after_empty)) return false;
  return (read.is == FromLine::yes && after_empty) || begins_header_field(lines.peek(field_name_bytes));
}

}  // namespace

MboxReader::MboxReader(const ReadFile& file, std::uint64_t size) : lines_(file, 0, size) {}

bool MboxReader::separator(const Line& line, bool after_empty, std::optional<Time>& date) const {
  return mmdf_ ? line.head == mmdf_line : from_line(line, after_empty, lines_, date);
}

void MboxReader::begin_mail(const Line& separator, std::optional<Time> date) {
  lines_.start_check();
  mail_ = MboxPiece{.offset = separator.end(), .size = 0, .check = lines_.check(), .from = date};
}

std::optional<MboxPiece> MboxReader::next() {
  Line line;
  bool after_empty = !mail_;  // the start of the file is as good as an empty line
  // An empty line is the mail's only if another line of the mail follows.
  std::uint64_t held_bytes = 0, held_check = 0;
  while (lines_.next(line)) {
    std::optional<Time> date;
    if (!mail_ && line.head == mmdf_line) mmdf_ = true;
    if (separator(line, after_empty, date)) {
      const std::optional<MboxPiece> done = mail_;
      begin_mail(line, date);
      if (done && !(mmdf_ && done->size == 0)) return done;
      after_empty = false;
    } else if (!mail_) {
      after_empty = line.empty();
    } else if (mmdf_ && mail_->size == 0 && !mail_->from &&
               read_from_line(line.head).is == FromLine::yes) {
      begin_mail(line, read_from_line(line.head).date);
    } else {
      after_empty = line.empty();
      const bool hold = after_empty && !mmdf_;
      if (held_bytes > 0) mail_->check = held_check;
      mail_->size += held_bytes + (hold ? 0 : line.size);
      held_bytes = hold ? line.size : 0;
      held_check = lines_.check();
      if (!hold) mail_->check = held_check;
    }
  }
  std::optional<MboxPiece> last;
  last.swap(mail_);
  if (last && mmdf_ && last->size == 0) last.reset();
  return last;
}

bool looks_like_mbox(const ReadFile& file) {
  LineScanner lines(file, 0, std::min(file.size(), sniff_bytes));
  Line line;
  std::optional<Time> date;
  while (lines.next(line))
    if (!line.empty()) return line.head == mmdf_line || from_line(line, true, lines, date);
  return false;
}

}  // namespace papertray
