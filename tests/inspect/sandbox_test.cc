// The sandbox from inside: each attempt in a child of its own that has closed itself in.
#include "inspect/sandbox.h"

#include <array>
#include <cstdlib>
#include <functional>
#include <vector>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace papertray;

namespace {

enum class Outcome { worked, failed, killed };

// `attempt` returns true when it did what a sandbox must not let it do.
Outcome in_child(bool sandboxed, const std::function<bool()>& attempt) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(20);
    if (sandboxed && !apply_sandbox().seccomp) ::_exit(99);
    ::_exit(attempt() ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) {
    CHECK(WTERMSIG(status) == SIGSYS);
    return Outcome::killed;
  }
  REQUIRE(WEXITSTATUS(status) <= 1);
  return WEXITSTATUS(status) == 0 ? Outcome::worked : Outcome::failed;
}

bool call_works(long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0) {
  return ::syscall(number, a, b, c, d, e, 0L) >= 0;
}

struct Attempt {
  const char* name;
  std::function<bool()> what;
  bool works_outside = true;  // as any user, in any container
};

std::vector<Attempt> attempts() {
  static std::array<char*, 1> nothing{nullptr};
  // Opened before the doors close, as the mail's descriptors are.
  [[maybe_unused]] static const int opened = ::open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  return {
      {"open a file", [] { return ::open("/etc/passwd", O_RDONLY) >= 0; }},
      {"create a file", [] { return ::open("/tmp", O_TMPFILE | O_RDWR, 0600) >= 0; }},
      {"stat a file", [] { return ::access("/etc/passwd", F_OK) == 0; }},
      {"an Internet socket", [] { return ::socket(AF_INET, SOCK_STREAM, 0) >= 0; }},
      {"a Unix socket", [] { return ::socket(AF_UNIX, SOCK_STREAM, 0) >= 0; }},
      {"a socket pair",
       [] {
         std::array<int, 2> p{};
         return ::socketpair(AF_UNIX, SOCK_STREAM, 0, p.data()) == 0;
       }},
      {"fork",
       [] {
         const pid_t child = ::fork();
         if (child == 0) ::_exit(0);
         return child > 0;
       }},
      {"execve",
       [] {
         ::execve("/bin/true", nothing.data(), nothing.data());
         return false;
       }},
      {"ptrace", [] { return ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0; }},
      {"signal the parent", [] { return ::kill(::getppid(), 0) == 0; }},
      {"signal the group", [] { return ::kill(0, 0) == 0; }},
      {"signal a thread of another", [] { return call_works(SYS_tgkill, ::getppid(), ::getppid(), 0); }},
      {"a file in memory", [] { return ::memfd_create("x", 0) >= 0; }},
      {"another descriptor", [] { return ::dup(0) >= 0; }},
      {"remove a file", [] { return ::unlink("/tmp/papertray-does-not-exist") == 0; }, false},
      {"change the folder", [] { return ::chdir("/") == 0; }},
      {"new rights", [] { return ::setuid(::getuid()) == 0; }},
      {"a name space", [] { return call_works(SYS_unshare, 0x10000000); }, false},
      {"a mount", [] { return call_works(SYS_mount); }, false},
      {"a BPF program", [] { return call_works(SYS_bpf); }, false},
      {"io_uring", [] { return call_works(SYS_io_uring_setup, 1); }, false},
      {"another's memory", [] { return call_works(SYS_process_vm_readv, ::getppid(), 0, 0, 0, 0); }},
      {"a key", [] { return call_works(SYS_keyctl); }, false},
      {"another clock", [] { return call_works(SYS_clock_settime); }, false},
#ifndef PAPERTRAY_SANITIZED  // the sanitizers map as they like, and make pipes
      {"a pipe",
       [] {
         std::array<int, 2> p{};
         return ::pipe(p.data()) == 0;
       }},
      {"memory to execute",
       [] {
         return ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
                MAP_FAILED;
       }},
      {"memory made executable",
       [] {
         void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
         return page != MAP_FAILED && ::mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0;
       }},
      {"a file as memory",
       [] { return ::mmap(nullptr, 4096, PROT_READ, MAP_PRIVATE, opened, 0) != MAP_FAILED; }},
#endif
  };
}

}  // namespace

TEST_CASE("nothing that reading a mail does not need") {
  for (const Attempt& attempt : attempts()) {
    CAPTURE(std::string(attempt.name));
    CHECK(in_child(true, attempt.what) != Outcome::worked);
    // Where it works outside, it is the sandbox that has stopped it.
    if (attempt.works_outside) CHECK(in_child(false, attempt.what) == Outcome::worked);
  }
}

TEST_CASE("what reading a mail needs still works") {
  CHECK(in_child(true, [] {
          std::array<char, 1> byte{};
          void* memory = std::malloc(1'000'000);
          const bool good = memory != nullptr && ::read(-1, byte.data(), 1) < 0;
          std::free(memory);
          return good;
        }) == Outcome::worked);
}

TEST_CASE("a forbidden call ends the process by SIGSYS") {
  CHECK(in_child(true, [] { return ::socket(AF_INET, SOCK_STREAM, 0) >= 0; }) == Outcome::killed);
}

TEST_CASE("memory is limited") {
#ifdef PAPERTRAY_SANITIZED
  MESSAGE("skipped: a sanitizer needs its shadow memory");
#else
  const auto half_a_gigabyte = [] {
    void* memory = std::malloc(512U << 20U);
    const bool got = memory != nullptr;
    std::free(memory);
    return got;
  };
  CHECK(in_child(false, half_a_gigabyte) == Outcome::worked);
  CHECK(in_child(true, half_a_gigabyte) == Outcome::failed);
#endif
}
