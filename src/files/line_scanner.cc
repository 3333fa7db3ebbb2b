#include "files/line_scanner.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "core/error.h"
#include "files/from_line.h"

namespace papertray {
namespace {

constexpr std::uint64_t buffer_size = 256 * 1024;
// Longer than any line that means something to an mbox, with its line end.
constexpr std::size_t head_size = longest_from_line + 3;
// FNV-1a, 64 bits.
constexpr std::uint64_t check_start = 0xcbf29ce484222325, check_prime = 0x100000001b3;

std::size_t checked(long got) {
  if (got >= 0) return static_cast<std::size_t>(got);
  throw Failure(
      {Scope::folder, Again::later, Exit::try_later,
       "the file cannot be read: " + std::generic_category().message(errno) + "; check the disk"});
}

}  // namespace

LineScanner::LineScanner(const ReadFile& file, std::uint64_t begin, std::uint64_t end)
    : file_(file),
      at_(begin),
      end_(end),
      buffer_(std::min(buffer_size, end - begin)),
      check_(check_start) {}

void LineScanner::start_check() {
  check_ = check_start;
}

bool LineScanner::fill() {
  const std::size_t want = std::min<std::uint64_t>(buffer_.size(), end_ - at_);
  filled_ = want == 0 ? 0 : checked(file_.read_at(at_, {buffer_.data(), want}));
  used_ = 0;
  return filled_ > 0;
}

bool LineScanner::next(Line& line) {
  line = {.offset = at_, .size = 0, .head = {}};
  head_.clear();
  for (bool ended = false; !ended;) {
    if (used_ == filled_ && !fill()) break;
    const char* from = buffer_.data() + used_;
    const void* lf = std::memchr(from, '\n', filled_ - used_);
    ended = lf != nullptr;
    const std::size_t size =
        ended ? static_cast<std::size_t>(static_cast<const char*>(lf) - from) + 1 : filled_ - used_;
    for (std::size_t i = 0; i < size; ++i)
      check_ = (check_ ^ static_cast<unsigned char>(from[i])) * check_prime;
    if (head_.size() < head_size) head_.append(from, std::min(size, head_size - head_.size()));
    used_ += size;
    at_ += size;
    line.size += size;
  }
  if (head_.ends_with('\n')) head_.pop_back();
  if (head_.ends_with('\r')) head_.pop_back();
  line.head = head_;
  return line.size > 0;
}

std::string LineScanner::peek(std::size_t bytes) const {
  std::string text(std::min<std::uint64_t>(bytes, end_ - at_), '\0');
  text.resize(checked(file_.read_at(at_, text)));
  return text;
}

}  // namespace papertray
