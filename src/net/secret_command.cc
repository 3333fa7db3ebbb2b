#include "net/secret_command.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/error.h"
#include "net/server.h"

namespace papertray {
namespace {

using SteadyClock = std::chrono::steady_clock;

// What pass, gpg, secret-tool, oauth2 helpers and the shell itself need; nothing else, because a
// password may stand in another variable.
constexpr std::array kept_variables{"PATH",
                                    "HOME",
                                    "USER",
                                    "LOGNAME",
                                    "LANG",
                                    "LC_ALL",
                                    "XDG_RUNTIME_DIR",
                                    "XDG_CONFIG_HOME",
                                    "GNUPGHOME",
                                    "GPG_TTY",
                                    "PASSWORD_STORE_DIR",
                                    "DBUS_SESSION_BUS_ADDRESS"};

// How often a child that closed its output is asked whether it has ended.
constexpr int poll_slice_ms = 20;

[[noreturn]] void failed(const std::string& what, const std::string& why) {
  throw Failure(
      Error{Scope::account, Again::person, Exit::configuration, what + " " + why, Trouble::credentials});
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { reset(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  void reset() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }

 private:
  int fd_;
};

// A child in its own process group, killed and reaped at the latest when this goes.
class Child {
 public:
  Child(const std::string& command, int output, const std::string& what) {
    std::vector<std::string> kept;
    for (const char* name : kept_variables)
      if (const char* value = getenv(name); value != nullptr)
        kept.push_back(std::string(name) + "=" + value);
    std::vector<char*> environment;
    for (std::string& entry : kept)
      environment.push_back(entry.data());
    environment.push_back(nullptr);
    std::string shell = "/bin/sh", option = "-c", text = command;
    std::array<char*, 4> arguments{shell.data(), option.data(), text.data(), nullptr};

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    const int error =
        posix_spawn(&pid_, shell.c_str(), &actions, &attributes, arguments.data(), environment.data());
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0) failed(what, std::string("cannot be run: ") + strerror(error));
  }
  ~Child() {
    if (ended()) return;
    kill(-pid_, SIGKILL);
    while (waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  bool ended() {
    if (ended_) return true;
    const pid_t got = waitpid(pid_, &status_, WNOHANG);
    ended_ = got == pid_ || (got < 0 && errno == ECHILD);  // ECHILD: the program ignores SIGCHLD
    return ended_;
  }
  int status() const { return status_; }

 private:
  pid_t pid_ = -1;
  int status_ = 0;
  bool ended_ = false;
};

// Appends what has come; false at the end of the output.
bool take_output(int fd, std::string& output) {
  std::array<char, 4096> buffer;
  const ssize_t count = read(fd, buffer.data(), buffer.size());
  if (count < 0) return errno == EINTR || errno == EAGAIN;
  // Reserved once: a growing string would leave copies of the secret behind.
  const std::size_t room = largest_secret + 1 - output.size();
  output.append(buffer.data(), std::min(room, static_cast<std::size_t>(count)));
  explicit_bzero(buffer.data(), buffer.size());
  return count > 0;
}

std::string ending(int status) {
  if (WIFEXITED(status)) return "failed with exit code " + std::to_string(WEXITSTATUS(status));
  return "was ended by signal " + std::to_string(WIFSIGNALED(status) ? WTERMSIG(status) : 0);
}

}  // namespace

std::string run_secret_command(const std::string& command, const std::string& what,
                               std::chrono::milliseconds timeout, int stop) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) failed(what, std::string("cannot be run: ") + strerror(errno));
  const Descriptor reading(ends[0]);
  Descriptor writing(ends[1]);
  Child child(command, writing.get(), what);
  writing.reset();
  fcntl(reading.get(), F_SETFL, O_NONBLOCK);

  std::string output;
  output.reserve(largest_secret + 1);
  const auto deadline = SteadyClock::now() + timeout;
  bool open = true;
  // The output's end alone does not end it (the exit code counts), nor does the child's end alone
  // while bytes wait; a grandchild that keeps the pipe open is not waited for.
  while (true) {
    const bool over = child.ended();
    std::array<pollfd, 2> waiting{pollfd{open ? reading.get() : -1, POLLIN, 0}, pollfd{stop, POLLIN, 0}};
    poll(waiting.data(), waiting.size(), over ? 0 : poll_slice_ms);
    const bool ready = waiting[0].revents != 0;
    if (ready) open = take_output(reading.get(), output);
    if (waiting[1].revents != 0) {
      wipe(output);
      throw Stopped();
    }
    if (output.size() > largest_secret) return output;  // no password: the caller says so
    if (over && (!ready || !open)) break;
    if (SteadyClock::now() > deadline) {
      wipe(output);
      failed(what,
             "does not end within " +
                 std::to_string(std::chrono::duration_cast<std::chrono::seconds>(timeout).count()) +
                 " s; it must not ask anything");
    }
  }
  if (child.status() != 0) {
    wipe(output);
    failed(what, ending(child.status()) + "; run it by hand to see why");
  }
  return output;
}

}  // namespace papertray
