// The program in a process of its own, without its binary: command_line() after a fork.
#pragma once

#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/cli.h"
#include "support/temp_dir.h"

namespace papertray::test {

struct Ran {
  int code = -1;  // 128 + number for a signal
  std::string out;
  std::string err;
};

// `call` in a child whose standard output and error are files; its result is the exit code.
inline Ran in_child(const std::function<int()>& call) {
  const TempDir folder;
  const std::string out = folder / "out", err = folder / "err";
  write_file(out, "");
  write_file(err, "");
  std::fflush(nullptr);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
    ::dup2(::open(out.c_str(), O_WRONLY), STDOUT_FILENO);
    ::dup2(::open(err.c_str(), O_WRONLY), STDERR_FILENO);
    int code = 99;
    try {
      code = call();
    } catch (...) {
      code = 98;  // nothing may escape
    }
    std::fflush(nullptr);
    ::_exit(code);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return {.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
          .out = read_file(out),
          .err = read_file(err)};
}

inline int papertray(std::vector<std::string> words) {
  std::vector<char*> arguments;
  words.insert(words.begin(), "papertray");
  for (std::string& word : words)
    arguments.push_back(word.data());
  arguments.push_back(nullptr);
  return command_line(static_cast<int>(words.size()), arguments.data());
}

inline Ran run_papertray(const std::vector<std::string>& words) {
  return in_child([&] { return papertray(words); });
}

}  // namespace papertray::test
