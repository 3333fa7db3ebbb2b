#include "app/attempt_file.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/error.h"

namespace papertray {
namespace {

// Every line has this size, so that one write replaces the one before and no kill leaves half of each.
constexpr std::size_t line_size = 128;

[[noreturn]] void cannot(const std::string& path, int error) {
  throw Failure({Scope::store, Again::person, Exit::cannot_write,
                 fmt::format("cannot write {}: {}; make room or mend its permissions", path,
                             std::generic_category().message(error))});
}

template <class Number>
bool take(std::string_view& rest, Number& number) {
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (error != std::errc() || end == rest.data() + rest.size()) return false;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()) + 1);  // and the character behind it
  return true;
}

}  // namespace

AttemptFile::AttemptFile(const std::string& path)
    : path_(path), fd_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  if (fd_ < 0) cannot(path_, errno);
}

AttemptFile::~AttemptFile() {
  ::close(fd_);
}

std::optional<RecordAttempt> AttemptFile::last() const {
  std::array<char, line_size> line{};
  const ssize_t size = ::pread(fd_, line.data(), line.size(), 0);
  std::string_view rest(line.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  RecordAttempt attempt;
  int alone = 0;
  if (!take(rest, attempt.from.segment) || !take(rest, attempt.from.offset) ||
      !take(rest, attempt.to.segment) || !take(rest, attempt.to.offset) || !take(rest, alone) ||
      !take(rest, attempt.times))
    return std::nullopt;
  attempt.alone = alone != 0;
  return attempt;
}

void AttemptFile::note(const std::optional<RecordAttempt>& attempt) {
  std::string line = attempt ? fmt::format("{}/{} {}/{} {} {} ", attempt->from.segment,
                                           attempt->from.offset, attempt->to.segment, attempt->to.offset,
                                           attempt->alone ? 1 : 0, attempt->times)
                             : "-";
  line.resize(line_size - 1, ' ');
  line += '\n';
  const ssize_t size = ::pwrite(fd_, line.data(), line.size(), 0);
  if (size != static_cast<ssize_t>(line.size())) cannot(path_, size < 0 ? errno : ENOSPC);
}

}  // namespace papertray
