// Standard output and error: width, colour, and what is closed, full or gone.
#include "app/terminal.h"

#include <cstdlib>
#include <utility>

#include <doctest/doctest.h>

#include "app/program.h"
#include "core/error.h"

namespace papertray {
namespace {

using test::in_child;
using test::Ran;

}  // namespace

TEST_CASE("into a file: no colour, and as wide as $COLUMNS says") {
  for (const auto& [columns, width] : {std::pair("40", 40), {"", 100}, {"wide", 100}, {"-3", 100}}) {
    const std::string wanted = columns;
    const int expected = width;
    const Ran ran = in_child([&] {
      ::setenv("COLUMNS", wanted.c_str(), 1);
      ::setenv("TERM", "xterm-256color", 1);
      ::unsetenv("NO_COLOR");
      const Look look = look_of({}, "Europe/Zurich");
      return look.width == expected && !look.colour && look.zone == "Europe/Zurich" ? 0 : 1;
    });
    CHECK(ran.code == 0);
  }
}

TEST_CASE("what is printed arrives whole") {
  const Ran ran = in_child([] {
    print("one\n");
    print("two\n");
    return 0;
  });
  CHECK(ran.out == "one\ntwo\n");
}

TEST_CASE("a full disk: 73") {
  const Ran ran = in_child([] {
    ::dup2(::open("/dev/full", O_WRONLY), STDOUT_FILENO);
    try {
      print("lost\n");
    } catch (const Failure& failure) {
      complain(failure.error().text);
      return static_cast<int>(failure.error().exit);
    }
    return 0;
  });
  CHECK(ran.code == 73);
  CHECK(ran.err.starts_with("papertray: cannot write to standard output: "));
}

TEST_CASE("a reader that has seen enough is no failure") {
  const Ran ran = in_child([] {
    guard_standard_streams();
    int ends[2];
    if (::pipe(ends) != 0) return 1;
    ::close(ends[0]);
    ::dup2(ends[1], STDOUT_FILENO);
    print("nobody reads this\n");
    return 0;
  });
  CHECK(ran.code == 0);
}

TEST_CASE("standard error on a full disk ends nothing") {
  const Ran ran = in_child([] {
    ::dup2(::open("/dev/full", O_WRONLY), STDERR_FILENO);
    return test::papertray({"frobnicate"});
  });
  CHECK(ran.code == 64);
}

TEST_CASE("a complaint is one line, and harmless") {
  const Ran ran = in_child([] {
    complain("cannot read \x1b[2Jx\ny");
    return 0;
  });
  CHECK(ran.err.starts_with("papertray: cannot read \\x1b[2Jx"));
  CHECK(ran.err.find('\n') == ran.err.size() - 1);
}

TEST_CASE("streams that were closed are taken, lest a file of ours get their number") {
  for (const int closed : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    const Ran ran = in_child([closed] {
      ::close(closed);
      guard_standard_streams();
      const int file = ::open("/dev/null", O_RDONLY);
      return file > STDERR_FILENO ? 0 : 1;
    });
    CHECK(ran.code == 0);
  }
  const Ran all = in_child([] {
    for (const int closed : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
      ::close(closed);
    guard_standard_streams();
    print("into nothing\n");
    return ::open("/dev/null", O_RDONLY) > STDERR_FILENO ? 0 : 1;
  });
  CHECK(all.code == 0);
}

}  // namespace papertray
