#include "app/attempt_file.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <system_error>

#include <fcntl.h>
#include <fmt/compile.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/error.h"

namespace papertray {
namespace {

// Every line has this size, so that one write replaces the one before and no kill leaves half of each.
constexpr std::size_t line_size = 320;

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

// "TO RECORDING INSPECTING" and the suspects, each "END DEATHS", as SEGMENT/OFFSET.
std::optional<RecordAttempt> AttemptFile::last() const {
  std::array<char, line_size> line{};
  const ssize_t size = ::pread(fd_, line.data(), line.size(), 0);
  std::string_view rest(line.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  RecordAttempt attempt;
  const auto take_end = [&rest](LogPosition& end) {
    return take(rest, end.segment) && take(rest, end.offset);
  };
  if (!take_end(attempt.to) || !take_end(attempt.recording) || !take_end(attempt.inspecting))
    return std::nullopt;
  for (Suspect& suspect : attempt.suspects)
    if (!take_end(suspect.end) || !take(rest, suspect.deaths)) return std::nullopt;
  return attempt;
}

// Twice for each mail, so nothing is allocated.
void AttemptFile::note(const std::optional<RecordAttempt>& attempt) {
  std::array<char, line_size> line;
  line.fill(' ');
  line.back() = '\n';
  auto to = line.begin();
  if (attempt) {
    for (const LogPosition end : {attempt->to, attempt->recording, attempt->inspecting})
      to = fmt::format_to(to, FMT_COMPILE("{}/{} "), end.segment, end.offset);
    for (const Suspect& suspect : attempt->suspects)
      to = fmt::format_to(to, FMT_COMPILE("{}/{} {} "), suspect.end.segment, suspect.end.offset,
                          suspect.deaths);
  } else {
    *to = '-';
  }
  for (std::size_t done = 0; done < line.size();) {
    const ssize_t size = ::pwrite(fd_, line.data() + done, line.size() - done, static_cast<off_t>(done));
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) cannot(path_, size < 0 ? errno : ENOSPC);
    done += static_cast<std::size_t>(size);
  }
}

}  // namespace papertray
