// The state directory's lock, between real processes.
#include "app/state_dir.h"

#include <csignal>
#include <filesystem>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/failing.h"
#include "support/temp_dir.h"

namespace papertray {
namespace {

using test::check_sentence;
using test::failure_of;
using test::TempDir;
using test::write_file;

// Another process that holds the lock until it is told to end.
class Holder {
 public:
  explicit Holder(const std::string& folder) {
    int ready[2];
    REQUIRE(::pipe(ready) == 0);
    child_ = ::fork();
    REQUIRE(child_ >= 0);
    if (child_ == 0) hold(folder, ready[1]);
    ::close(ready[1]);
    char held = 'n';
    const ssize_t n = ::read(ready[0], &held, 1);
    ::close(ready[0]);
    REQUIRE(n == 1);
    REQUIRE(held == 'y');
  }
  ~Holder() { kill(); }
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;

  pid_t process() const { return child_; }
  void kill() {
    if (child_ <= 0) return;
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
    child_ = -1;
  }

 private:
  // A word that does not get through shows as the parent's failing read.
  static void tell(int ready, char word) {
    if (::write(ready, &word, 1) != 1) ::_exit(2);
  }

  [[noreturn]] static void hold(const std::string& folder, int ready) {
    try {
      const StateLock lock(folder, "papertray run");
      tell(ready, 'y');
      for (;;)
        ::pause();
    } catch (...) {
      tell(ready, 'n');
    }
    ::_exit(1);
  }

  pid_t child_ = -1;
};

}  // namespace

TEST_CASE("who comes second is told who is there") {
  const TempDir folder;
  const Holder holder(folder.path());
  const Error error = failure_of([&] { const StateLock lock(folder.path(), "papertray import"); });
  check_sentence(error.text, "papertray run (process " + std::to_string(holder.process()) + ", since 2",
                 folder.path());
  CHECK(error.exit == Exit::try_later);
  CHECK(error.again == Again::later);
}

TEST_CASE("the lock of a process that was killed is free") {
  const TempDir folder;
  Holder holder(folder.path());
  holder.kill();
  CHECK(test::read_file(folder / "lock").starts_with("papertray run"));
  CHECK_NOTHROW(StateLock(folder.path(), "papertray import"));
}

TEST_CASE("it is free again when it is let go, and names whoever has it now") {
  const TempDir folder;
  {
    const StateLock lock(folder.path(),
                         "papertray run, with a long name so that a rest of it could stay");
  }
  const StateLock lock(folder.path(), "papertray import");
  const std::string text = test::read_file(folder / "lock");
  CHECK(text.starts_with("papertray import (process " + std::to_string(::getpid())));
  CHECK(text.ends_with("Z)"));
}

TEST_CASE("who only asks is told who holds it, and is in nobody's way") {
  const TempDir folder;
  CHECK(lock_holder(folder.path()).empty());
  CHECK_FALSE(std::filesystem::exists(folder / "lock"));
  {
    Holder holder(folder.path());
    CHECK(lock_holder(folder.path())
              .starts_with("papertray run (process " + std::to_string(holder.process())));
  }
  CHECK(lock_holder(folder.path()).empty());
  // Asking leaves nothing held.
  CHECK_NOTHROW(StateLock(folder.path(), "papertray import"));
}

TEST_CASE("the turn: who has it is named, and it comes back when it is let go") {
  const TempDir folder;
  Turn first(folder.path(), "papertray run", Seconds(0));
  const Error error =
      failure_of([&] { const Turn second(folder.path(), "papertray outbox", Seconds(0)); });
  check_sentence(error.text, "papertray run (process " + std::to_string(::getpid()), folder.path());
  CHECK(error.exit == Exit::try_later);

  first.let_go();
  int asked = 0;
  {
    const Turn second(folder.path(), "papertray outbox", Seconds(0));
    CHECK_FALSE(first.take([&] { return ++asked < 3; }));
    CHECK(asked == 3);
    CHECK(test::read_file(folder / "turn").starts_with("papertray outbox"));
  }
  CHECK(first.take([] { return false; }));
  CHECK(test::read_file(folder / "turn").starts_with("papertray run"));
  // The lock is another matter.
  CHECK_NOTHROW(StateLock(folder.path(), "papertray import"));
}

TEST_CASE("what stands in the lock is shown harmless") {
  const TempDir folder;
  const Holder holder(folder.path());
  write_file(folder / "lock", "\x1b[2Jowned\n");
  const std::string sentence =
      test::sentence_of([&] { const StateLock lock(folder.path(), "papertray import"); });
  check_sentence(sentence, "\\x1b[2Jowned", folder.path());
}

TEST_CASE("the folder is made, for its owner alone") {
  const TempDir folder;
  const std::string state = folder / "a/b/state";
  make_state_dir(state);
  struct stat status = {};
  REQUIRE(::stat(state.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0700);
  CHECK_NOTHROW(make_state_dir(state));
}

TEST_CASE("a folder that somebody has set up stays as it is") {
  const TempDir folder;
  std::filesystem::create_directory(folder / "state");
  std::filesystem::permissions(folder / "state", std::filesystem::perms(0750));
  make_state_dir(folder / "state");
  struct stat status = {};
  REQUIRE(::stat((folder / "state").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0750);
}

TEST_CASE("where no folder can be made: 73, and what to do") {
  const TempDir folder;
  write_file(folder / "file", "");
  for (const char* name : {"file/state", "file/a/b"}) {
    const Error error = failure_of([&] { make_state_dir(folder / name); });
    check_sentence(error.text, "cannot make the state folder " + (folder / name), "--state");
    CHECK(error.exit == Exit::cannot_write);
  }
  const Error error = failure_of([&] { const StateLock lock(folder / "file", "papertray import"); });
  CHECK(error.exit == Exit::cannot_write);
}

}  // namespace papertray
