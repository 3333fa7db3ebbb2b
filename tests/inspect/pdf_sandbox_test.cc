// What a paper's reader cannot do, from inside: each attempt in a child that has closed itself in as
// `papertray-inspect pdf` does, with a descriptor 0 to read and a descriptor 1 to write.
#include <array>
#include <cerrno>
#include <cstdlib>
#include <functional>
#include <vector>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "inspect/sandbox.h"

using namespace papertray;

namespace {

enum class Outcome { worked, failed, killed };

// `attempt` returns true when it did what it must not. Other descriptors are open: 2, and 9, a pipe.
Outcome in_child(bool sandboxed, const std::function<bool()>& attempt) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(20);
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0 || ::dup2(ends[1], 9) != 9) ::_exit(98);
    ::close(0);
    if (::open("/proc/self/exe", O_RDONLY) != 0) ::_exit(98);
    if (::dup2(9, 1) != 1) ::_exit(98);
    if (sandboxed && !apply_sandbox(Work::paper).seccomp) ::_exit(99);
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

struct Attempt {
  const char* name;
  std::function<bool()> what;
  bool works_outside = true;
};

std::vector<Attempt> attempts() {
  static std::array<char*, 1> nothing{nullptr};
  static std::array<char, 1> byte{};
  return {
      {"open a file", [] { return ::open("/etc/passwd", O_RDONLY) >= 0; }},
      {"create a file", [] { return ::open("/tmp", O_TMPFILE | O_RDWR, 0600) >= 0; }},
      {"a socket", [] { return ::socket(AF_INET, SOCK_STREAM, 0) >= 0; }},
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
       },
       false},
      {"ptrace", [] { return ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0; }},
#ifndef PAPERTRAY_SANITIZED  // a sanitizer asks by a pipe, and tells on standard error
      {"write to another pipe", [] { return ::write(9, "x", 1) == 1; }},
      {"write to standard error", [] { return ::write(2, "", 0) == 0; }},
#endif
      {"write a file",
       [] {
         const iovec piece{byte.data(), 1};
         return ::pwritev(9, &piece, 1, 0) == 1;
       },
       false},
      {"read another descriptor", [] { return ::read(2, byte.data(), 0) == 0; }, false},
      {"pass a descriptor", [] { return ::syscall(SYS_sendmsg, 1, nullptr, 0) >= 0; }, false},
      {"send", [] { return ::send(1, "x", 1, 0) == 1; }, false},
      {"receive", [] { return ::recv(0, byte.data(), 1, 0) == 1; }, false},
      {"another descriptor", [] { return ::dup(0) >= 0; }},
      {"signal the parent", [] { return ::kill(::getppid(), 0) == 0; }},
      {"more processor time",
       [] {
         const rlimit more{100, 100};
         return ::setrlimit(RLIMIT_CPU, &more) == 0;
       }},
  };
}

}  // namespace

TEST_CASE("pdf sandbox: nothing that reading a paper does not need") {
  for (const Attempt& attempt : attempts()) {
    CAPTURE(std::string(attempt.name));
    CHECK(in_child(true, attempt.what) != Outcome::worked);
    if (attempt.works_outside) CHECK(in_child(false, attempt.what) == Outcome::worked);
  }
}

TEST_CASE("pdf sandbox: its one descriptor to read and its one to write") {
  CHECK(in_child(true, [] {
          std::array<char, 4> bytes{};
          return ::read(0, bytes.data(), 4) == 4 && ::pread(0, bytes.data(), 4, 0) == 4 &&
                 bytes[1] == 'E' && ::write(1, "x", 1) == 1;
        }) == Outcome::worked);
}

TEST_CASE("pdf sandbox: memory and time are limited") {
#ifdef PAPERTRAY_SANITIZED
  MESSAGE("skipped: a sanitizer needs its shadow memory");
#else
  CHECK(in_child(true, [] {
          void* memory = std::malloc(300U << 20U);
          const bool got = memory != nullptr;
          std::free(memory);
          return got;
        }) == Outcome::failed);
  const pid_t child = ::fork();
  if (child == 0) {
    apply_sandbox(Work::paper);
    for (volatile unsigned n = 0;;)
      n = n + 1;
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGXCPU);
#endif
}
