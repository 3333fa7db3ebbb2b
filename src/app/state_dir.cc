#include "app/state_dir.h"

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "core/fail_point.h"
#include "core/printable.h"
#include "core/time.h"
#include "log/file.h"

namespace papertray {
namespace {

[[noreturn]] void cannot(const std::string& what, const std::string& path, int error) {
  throw Failure(
      {Scope::store, Again::person, Exit::cannot_write,
       fmt::format("cannot {} {}: {}; mend its permissions or name another folder with --state", what,
                   path, std::generic_category().message(error))});
}

std::string holder(int fd) {
  char text[256] = {};
  const ssize_t n = ::pread(fd, text, sizeof text - 1, 0);
  return n > 0 ? one_line(std::string_view(text, static_cast<std::size_t>(n))) : "another program";
}

// lock_holder() has it, shared, for as long as it takes to ask: tried again, that is over.
bool lock_now(int fd) {
  for (int tries = 1;; ++tries) {
    if (::flock(fd, LOCK_EX | LOCK_NB) == 0) return true;
    if (errno != EWOULDBLOCK || tries == 5) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

// Somebody who writes does so for milliseconds, or for minutes.
constexpr std::chrono::milliseconds turn_pause{20};

// For whoever finds the file locked.
void sign_in(int fd, const std::string& path, const std::string& purpose) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const std::string text = fmt::format("{} (process {}, since {})", purpose, ::getpid(), rfc3339(now));
  if (::ftruncate(fd, 0) != 0 ||
      ::pwrite(fd, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()))
    cannot("write", path, errno);
}

}  // namespace

void make_state_dir(const std::string& path) {
  std::filesystem::path folder = std::filesystem::absolute(path).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();  // "state/"
  std::error_code error;
  // The log is made behind this, so where one is all of this was done.
  if (std::filesystem::exists(folder / "log", error)) return;
  std::filesystem::path there = folder.parent_path();
  while (there.has_relative_path() && !std::filesystem::is_directory(there, error))
    there = there.parent_path();
  std::filesystem::create_directories(folder.parent_path(), error);
  const bool made_now = ::mkdir(path.c_str(), 0700) == 0;
  if (!made_now && errno != EEXIST) cannot("make the state folder", path, errno);
  reached("state:made");
  // Made by somebody else, in a folder that we may not open: it is theirs to last.
  if (!made_now && ::access(there.c_str(), R_OK) != 0) return;
  // What is synced within it is lost when its own name is not on the disk (`power: cut`).
  for (std::filesystem::path made = folder.parent_path(); made != there; made = made.parent_path())
    sync_folder(made.string());
  sync_folder(there.string());
}

StateLock::StateLock(const std::string& state_dir, const std::string& purpose)
    : fd_(::open((state_dir + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  const std::string path = state_dir + "/lock";
  if (fd_ < 0) cannot("open", path, errno);
  if (!lock_now(fd_)) {
    const int error = errno;
    const std::string who = holder(fd_);
    ::close(fd_);
    if (error != EWOULDBLOCK) cannot("lock", path, error);
    throw Failure(
        {Scope::store, Again::later, Exit::try_later,
         fmt::format("{} works on {} already; wait for it to end, or stop it", who, state_dir)});
  }
  try {
    sign_in(fd_, path, purpose);
    reached("state:locked");
  } catch (...) {
    ::close(fd_);
    throw;
  }
}

Turn::Turn(const std::string& state_dir, const std::string& purpose, Seconds at_most)
    : path_(state_dir + "/turn"),
      purpose_(purpose),
      fd_(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  if (fd_ < 0) cannot("open", path_, errno);
  try {
    const auto end = std::chrono::steady_clock::now() + at_most;
    if (take([&] { return std::chrono::steady_clock::now() < end; })) return;
    throw Failure({Scope::store, Again::later, Exit::try_later,
                   fmt::format("{} has been writing to {} for {} s; try again when it is done",
                               holder(fd_), state_dir, at_most.count())});
  } catch (...) {
    ::close(fd_);
    throw;
  }
}

Turn::~Turn() {
  ::close(fd_);
}

void Turn::let_go() {
  if (::flock(fd_, LOCK_UN) != 0) cannot("unlock", path_, errno);
}

bool Turn::take(const std::function<bool()>& patience) {
  for (;;) {
    if (::flock(fd_, LOCK_EX | LOCK_NB) == 0) break;
    if (errno != EWOULDBLOCK && errno != EINTR) cannot("lock", path_, errno);
    if (!patience()) return false;
    std::this_thread::sleep_for(turn_pause);
  }
  sign_in(fd_, path_, purpose_);
  reached("state:turn");
  return true;
}

std::string lock_holder(const std::string& state_dir) {
  const int fd = ::open((state_dir + "/lock").c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return "";  // nobody has taken it yet, or it is not ours to know
  const bool held = ::flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  std::string who = held ? holder(fd) : "";
  ::close(fd);
  return who;
}

StateLock::~StateLock() {
  ::close(fd_);
}

}  // namespace papertray
