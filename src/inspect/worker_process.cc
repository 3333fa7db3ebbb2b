#include "inspect/worker_process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "core/error.h"

namespace papertray {
namespace {

// Between a worker's closing of its socket and its end as a process: microseconds, unless it lingers.
constexpr int linger_ms = 1000;

Failure cannot_start(const std::string& program, int error) {
  return Failure(Error{Scope::program, Again::person, Exit::configuration,
                       "cannot start the inspector " + program + ": " +
                           std::generic_category().message(error) +
                           "; install papertray-inspect beside papertray"});
}

struct SpawnSetup {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;

  explicit SpawnSetup(int socket) {
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, socket, wire::socket_fd);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
#ifndef PAPERTRAY_SANITIZED  // what a sanitizer finds is to be seen
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
#endif
    posix_spawn_file_actions_addclosefrom_np(&files, wire::socket_fd + 1);

    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setpgroup(&attributes, 0);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    sigset_t all;
    sigfillset(&all);
    posix_spawnattr_setsigdefault(&attributes, &all);
  }
  ~SpawnSetup() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnSetup(const SpawnSetup&) = delete;
  SpawnSetup& operator=(const SpawnSetup&) = delete;
};

// What a signal means for this program; its name says less to an organizer.
std::string signal_meaning(int signal) {
  switch (signal) {
    case SIGSYS:
      return "a forbidden system call";
    case SIGSEGV:
    case SIGBUS:
      return "a memory fault";
    case SIGABRT:
    case SIGTRAP:
      return "out of memory or a failed check";
    case SIGXFSZ:
      return "its output grew over the limit";
    case SIGKILL:
      return "by somebody else, or for want of memory";
    case SIGFPE:
    case SIGILL:
      return "a failed computation";
    default:
      return "unexpected";
  }
}

bool signal_from_outside(int signal) {
  return signal == SIGKILL || signal == SIGTERM || signal == SIGINT || signal == SIGHUP ||
         signal == SIGQUIT;
}

}  // namespace

std::unique_ptr<WorkerProcess> WorkerProcess::start(const std::string& program) {
  std::array<int, 2> ends{-1, -1};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
    throw cannot_start(program, errno);
  std::unique_ptr<WorkerProcess> process(new WorkerProcess);
  process->socket_ = UniqueFd(ends[0]);
  const UniqueFd child_end(ends[1]);

  // posix_spawn shares our memory until exec (CLONE_VFORK), so a large daemon starts it as fast as a
  // small one; the child sets its parent-death signal itself.
  const SpawnSetup setup(child_end.get());
  std::string name = "papertray-inspect";
  std::string task = "mime";
  std::string locale = "LC_ALL=C.UTF-8";
  const std::array<char*, 3> arguments{name.data(), task.data(), nullptr};
  const std::array<char*, 2> environment{locale.data(), nullptr};
  const int error = ::posix_spawn(&process->pid_, program.c_str(), &setup.files, &setup.attributes,
                                  arguments.data(), environment.data());
  if (error != 0) {
    process->pid_ = -1;
    throw cannot_start(program, error);
  }
  process->pidfd_ = UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, process->pid_, 0)));
  return process;
}

WorkerProcess::~WorkerProcess() {
  kill();
}

void WorkerProcess::kill() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

std::chrono::nanoseconds WorkerProcess::used() const {
  clockid_t clock{};
  timespec time{};
  // It is not waited for yet, so even a dead one has its clock.
  if (pid_ < 0 || ::clock_getcpuclockid(pid_, &clock) != 0 || ::clock_gettime(clock, &time) != 0)
    return {};
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

wire::Got WorkerProcess::wait_for_hello(std::chrono::milliseconds limit) {
  pollfd wait{socket_.get(), POLLIN, 0};
  if (::poll(&wait, 1, static_cast<int>(limit.count())) <= 0) return wire::Got::nothing;
  wire::Hello hello;
  const wire::Got got = wire::receive_hello(socket_.get(), hello);
  if (got == wire::Got::packet) layers_ = Layers::from_bits(hello.layers, hello.landlock_abi);
  return got;
}

bool WorkerProcess::send(const wire::Request& request, int mail, int output) {
  return wire::send_request(socket_.get(), request, mail, output);
}

bool WorkerProcess::send(const wire::Request& request, std::string_view mail) {
  return wire::send_request(socket_.get(), request, mail);
}

wire::Got WorkerProcess::receive(wire::Answer& answer, std::string& output) {
  return wire::receive_answer(socket_.get(), answer, output);
}

WorkerProcess::End WorkerProcess::end() {
  if (pid_ < 0) return {"had ended before", true};
  bool lingers = true;
  if (pidfd_) {
    pollfd wait{pidfd_.get(), POLLIN, 0};
    lingers = ::poll(&wait, 1, linger_ms) <= 0;
  }
  if (lingers) ::kill(pid_, SIGKILL);
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  if (lingers) return {"closed its connection", false};
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    return {"was killed by signal " + std::to_string(signal) + " (" + signal_meaning(signal) + ")",
            signal_from_outside(signal)};
  }
  return {"ended with exit code " + std::to_string(WEXITSTATUS(status)), false};
}

}  // namespace papertray
