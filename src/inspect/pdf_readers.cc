#include "inspect/pdf_readers.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/error.h"
#include "inspect/pdf_asked.h"

namespace papertray {
namespace {

Failure cannot_start(const std::string& program, const std::string& why) {
  return Failure(Error{Scope::program, Again::person, Exit::configuration,
                       "cannot start the inspector " + program + ": " + why +
                           "; install papertray-inspect beside papertray"});
}

std::string words(int error) {
  return std::generic_category().message(error);
}

// What becomes of descriptors, signals and the process group.
class SpawnSettings {
 public:
  explicit SpawnSettings(int socket) {
    posix_spawn_file_actions_init(&files_);
    posix_spawn_file_actions_adddup2(&files_, socket, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&files_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
#ifndef PAPERTRAY_SANITIZED  // what a sanitizer finds is to be seen
    posix_spawn_file_actions_addopen(&files_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
#endif
    posix_spawn_file_actions_addclosefrom_np(&files_, STDERR_FILENO + 1);
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setpgroup(&attributes_, 0);
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes_, &signals);
    sigfillset(&signals);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
  }
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  // 0, or an error's number.
  int spawn(const std::string& program, pid_t& pid) const {
    std::array<std::string, 3> texts{"papertray-inspect", "pdf", "server"};
    const std::array<char*, 4> arguments{texts[0].data(), texts[1].data(), texts[2].data(), nullptr};
    std::string locale = "LC_ALL=C.UTF-8";
    const std::array<char*, 2> environment{locale.data(), nullptr};
    return ::posix_spawn(&pid, program.c_str(), &files_, &attributes_, arguments.data(),
                         environment.data());
  }

 private:
  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
};

int waited(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

PdfReaders::~PdfReaders() {
  if (server_ >= 0) end_server();
}

pid_t PdfReaders::start(int pdf, int answer, unsigned asked) {
  const std::lock_guard hold(mutex_);
  const bool fresh = server_ < 0;
  if (fresh) start_server();
  if (const pid_t reader = ask(pdf, answer, asked); reader > 0) return reader;
  std::string end = end_server();
  // One that has lasted may have been killed for want of memory; a new one that ends has a reason.
  if (!fresh) {
    start_server();
    if (const pid_t reader = ask(pdf, answer, asked); reader > 0) return reader;
    end = end_server();
  }
  throw cannot_start(program_, end);
}

void PdfReaders::start_server() {
  std::array<int, 2> ends{-1, -1};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
    throw cannot_start(program_, words(errno));
  UniqueFd ours(ends[0]);
  const UniqueFd theirs(ends[1]);
  if (const int error = SpawnSettings(theirs.get()).spawn(program_, server_); error != 0) {
    server_ = -1;
    throw cannot_start(program_, words(error));
  }
  const auto seconds = std::chrono::floor<std::chrono::seconds>(patience_);
  const timeval patience{.tv_sec = seconds.count(),
                         .tv_usec = std::chrono::microseconds(patience_ - seconds).count()};
  ::setsockopt(ours.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  socket_ = std::move(ours);
}

pid_t PdfReaders::ask(int pdf, int answer, unsigned asked) {
  auto byte = static_cast<std::uint8_t>(asked);
  iovec said{&byte, 1};
  const std::array<int, 2> given{pdf, answer};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof given)> room{};
  msghdr message{};
  message.msg_iov = &said;
  message.msg_iovlen = 1;
  message.msg_control = room.data();
  message.msg_controllen = room.size();
  cmsghdr* rights = CMSG_FIRSTHDR(&message);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(sizeof given);
  std::memcpy(CMSG_DATA(rights), given.data(), sizeof given);
  ssize_t done = 0;
  do
    done = ::sendmsg(socket_.get(), &message, MSG_NOSIGNAL);
  while (done < 0 && errno == EINTR);
  if (done != 1) return -1;
  PdfStarted started = 0;
  do
    done = ::recv(socket_.get(), &started, sizeof started, 0);
  while (done < 0 && errno == EINTR);
  if (done != sizeof started) return -1;
  if (started <= 0) throw cannot_start(program_, words(-started));
  return started;
}

// With all its readers, which are of its group. How, in words.
std::string PdfReaders::end_server() {
  socket_ = UniqueFd();
  const bool killed = ::kill(-server_, SIGKILL) == 0;
  const int status = waited(std::exchange(server_, -1));
  if (killed && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) return "it does not answer";
  return WIFSIGNALED(status) ? fmt::format("it was killed by signal {}", WTERMSIG(status))
                             : fmt::format("it ended with exit code {}", WEXITSTATUS(status));
}

}  // namespace papertray
