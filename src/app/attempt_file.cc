#include "app/attempt_file.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <span>
#include <system_error>

#include <fcntl.h>
#include <fmt/compile.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/error.h"

namespace papertray {
namespace {

// Every line has its size and place, so that one write replaces the one before and no kill leaves half
// of each.
constexpr std::size_t line_size = 320;
constexpr std::size_t arriving_at = line_size, arriving_size = 17;  // 16 digits
constexpr std::size_t suspects_at = arriving_at + arriving_size, suspects_size = 128;

[[noreturn]] void cannot(const std::string& path, int error) {
  throw Failure({Scope::store, Again::person, Exit::cannot_write,
                 fmt::format("cannot write {}: {}; make room or mend its permissions", path,
                             std::generic_category().message(error))});
}

template <class Number>
bool take(std::string_view& rest, Number& number, int base = 10) {
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number, base);
  if (error != std::errc() || end == rest.data() + rest.size()) return false;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()) + 1);  // and the character behind it
  return true;
}

std::string_view read_at(int fd, std::size_t offset, std::span<char> line) {
  const ssize_t size = ::pread(fd, line.data(), line.size(), static_cast<off_t>(offset));
  return {line.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
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
  std::string_view rest = read_at(fd_, 0, line);
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
  write_at(0, {line.data(), line.size()});
}

PlaceKey AttemptFile::arriving() const {
  std::array<char, arriving_size> line{};
  std::string_view rest = read_at(fd_, arriving_at, line);
  PlaceKey place = 0;
  return take(rest, place, 16) ? place : 0;
}

// Each "PLACE DEATHS".
ArrivalSuspects AttemptFile::arrival_suspects() const {
  std::array<char, suspects_size> line{};
  std::string_view rest = read_at(fd_, suspects_at, line);
  ArrivalSuspects suspects;
  for (ArrivalSuspect& suspect : suspects)
    if (!take(rest, suspect.place, 16) || !take(rest, suspect.deaths)) return {};
  return suspects;
}

// Twice for each piece of a mail.
void AttemptFile::note_arriving(PlaceKey place) {
  std::array<char, arriving_size> line;
  fmt::format_to(line.begin(), FMT_COMPILE("{:016x}\n"), place);
  write_at(arriving_at, {line.data(), line.size()});
}

void AttemptFile::note_arrival_suspects(const ArrivalSuspects& suspects) {
  std::string line;
  for (const ArrivalSuspect& suspect : suspects)
    line += fmt::format("{:016x} {} ", suspect.place, suspect.deaths);
  line.resize(suspects_size - 1, ' ');
  write_at(suspects_at, line + "\n");
}

void AttemptFile::write_at(std::size_t offset, std::string_view line) {
  while (!line.empty()) {
    const ssize_t size = ::pwrite(fd_, line.data(), line.size(), static_cast<off_t>(offset));
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) cannot(path_, size < 0 ? errno : ENOSPC);
    offset += static_cast<std::size_t>(size);
    line.remove_prefix(static_cast<std::size_t>(size));
  }
}

}  // namespace papertray
