#include "files/stdin_source.h"

#include <array>
#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/error.h"

namespace papertray {
namespace {

constexpr std::size_t piece = 256 * 1024;

Failure cannot_spool(Exit exit, const std::string& what) {
  return Failure({Scope::account, Again::person, exit, "cannot take in standard input: " + what});
}

// A descriptor that closes itself until it is given away.
struct Descriptor {
  int value = -1;
  ~Descriptor() {
    if (value >= 0) ::close(value);
  }
  int give() { return std::exchange(value, -1); }
};

int unlinked_file() {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(error);
  if (error) throw cannot_spool(Exit::cannot_write, "no folder for temporary files; set TMPDIR");
  std::string path = (folder / "papertray-stdin-XXXXXX").string();
  const int descriptor = ::mkostemp(path.data(), O_CLOEXEC);
  if (descriptor < 0)
    throw cannot_spool(Exit::cannot_write,
                       folder.string() + ": " + std::generic_category().message(errno));
  ::unlink(path.c_str());
  return descriptor;
}

void write_all(int to, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(to, bytes.data(), bytes.size());
    if (put > 0)
      bytes.remove_prefix(static_cast<std::size_t>(put));
    else if (put == 0 || errno != EINTR)
      throw cannot_spool(Exit::cannot_write,
                         std::generic_category().message(errno) +
                             " in the folder for temporary files; make room or set TMPDIR");
  }
}

// Somebody may sit at the other end and type nothing.
void wait_for_bytes(int from, int stop) {
  std::array<pollfd, 2> waiting{pollfd{from, POLLIN, 0}, pollfd{stop, POLLIN, 0}};
  while (::poll(waiting.data(), waiting.size(), -1) < 0 && errno == EINTR)
    continue;
  if (waiting[1].revents != 0) throw Stopped();
}

ReadFile spool(int from, std::uint64_t cap, int stop) {
  Descriptor to{unlinked_file()};
  std::vector<char> buffer(piece);
  for (std::uint64_t all = 0;;) {
    wait_for_bytes(from, stop);
    const ssize_t got = ::read(from, buffer.data(), buffer.size());
    if (got == 0) return ReadFile(to.give());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw cannot_spool(Exit::bad_data, std::generic_category().message(errno));
    all += static_cast<std::uint64_t>(got);
    if (all > cap)
      throw cannot_spool(Exit::bad_data,
                         "more than " + std::to_string(cap) + " bytes came; name the file instead");
    write_all(to.value, {buffer.data(), static_cast<std::size_t>(got)});
  }
}

}  // namespace

StdinSource::StdinSource(const Clock& clock, int descriptor, std::uint64_t cap, int stop)
    : clock_(clock), descriptor_(descriptor), cap_(cap), stop_(stop) {}

std::size_t StdinSource::fetch(const SeenPlaces& seen, const BatchLimits& limits, MailReceiver& to) {
  if (!spooled_) {
    mails_.emplace(MailFile::from_stdin(spool(descriptor_, cap_, stop_), clock_));
    spooled_ = true;
  }
  Budget budget(limits);
  mails_->hand_over(seen, budget, to);
  return budget.mails();
}

}  // namespace papertray
