// Passwords from their four sources: read when needed, and named by their source only.
#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <signal.h>
#include <unistd.h>

#include "core/error.h"
#include "net/secret_command.h"
#include "net/server.h"
#include "support/stop_descriptor.h"
#include "support/temp_dir.h"

using namespace papertray;
using papertray::test::TempDir;
using papertray::test::write_file;

namespace {

using Kind = SecretSource::Kind;

// The secret, or "! " and the Failure's text, which must not hold "hush".
std::string secret(Kind kind, const std::string& value) {
  try {
    return read_secret({kind, value});
  } catch (const Failure& failure) {
    CHECK(failure.error().exit == Exit::configuration);
    CHECK(failure.error().trouble == Trouble::credentials);
    CHECK(failure.error().scope == Scope::account);
    CHECK(failure.error().text.find("hush") == std::string::npos);
    CHECK(failure.error().text.find('\n') == std::string::npos);
    return "! " + failure.error().text;
  }
}

bool refuses(Kind kind, const std::string& value, const std::string& text) {
  const std::string got = secret(kind, value);
  CAPTURE(got);
  const bool refused = got.starts_with("! ") && got.find(text) != std::string::npos;
  CHECK(refused);
  return refused;
}

}  // namespace

TEST_CASE("from a file, without its final line end") {
  const TempDir dir;
  struct Row {
    std::string content;
    std::string secret;
  };
  for (const Row& row : std::vector<Row>{{"hush", "hush"},
                                         {"hush\n", "hush"},
                                         {"hush\r\n", "hush"},
                                         {" hush \n", " hush "},
                                         {"h\xc3\xbcsh\n", "h\xc3\xbcsh"}}) {
    write_file(dir / "password", row.content);
    CHECK(secret(Kind::file, dir / "password") == row.secret);
  }
}

TEST_CASE("what cannot be a password is refused, its content untold") {
  const TempDir dir;
  struct Row {
    std::string content;
    const char* why;
  };
  for (const Row& row : std::vector<Row>{{"", "holds nothing"},
                                         {"\n", "holds nothing"},
                                         {"hush\nuser: me\n", "more than one line"},
                                         {"hush\n\n", "more than one line"},
                                         {"hush\rx", "more than one line"},
                                         {std::string("hush\0x", 6), "NUL"},
                                         {std::string(70'000, 'h'), "64 KB"}}) {
    write_file(dir / "password", row.content);
    refuses(Kind::file, dir / "password", row.why);
    refuses(Kind::file, dir / "password", "the password file " + (dir / "password"));
  }
  refuses(Kind::file, dir / "nowhere", "cannot be read: No such file");
  refuses(Kind::file, dir.path(), "cannot be read: Is a directory");
  refuses(Kind::none, "", "set `password`");
}

TEST_CASE("from the environment") {
  setenv("PAPERTRAY_TEST_SECRET", "hush", 1);
  CHECK(secret(Kind::env, "PAPERTRAY_TEST_SECRET") == "hush");
  unsetenv("PAPERTRAY_TEST_SECRET");
  refuses(Kind::env, "PAPERTRAY_TEST_SECRET",
          "PAPERTRAY_TEST_SECRET that holds the password is not set");
}

TEST_CASE("from systemd's credentials") {
  const TempDir dir;
  write_file(dir / "imap-password", "hush\n");
  setenv("CREDENTIALS_DIRECTORY", dir.path().c_str(), 1);
  CHECK(secret(Kind::credential, "imap-password") == "hush");
  refuses(Kind::credential, "other", "the systemd credential other cannot be read");
  refuses(Kind::credential, "../imap-password", "without `/`");
  refuses(Kind::credential, "", "without `/`");
  unsetenv("CREDENTIALS_DIRECTORY");
  refuses(Kind::credential, "imap-password", "LoadCredential=imap-password");
}

TEST_CASE("from a command") {
  CHECK(secret(Kind::command, "echo hush") == "hush");
  CHECK(secret(Kind::command, "printf hush; exec 1>&-; true") == "hush");
  refuses(Kind::command, "echo hu''sh; exit 3", "failed with exit code 3");
  refuses(Kind::command, "kill -9 $$", "ended by signal 9");
  refuses(Kind::command, "true", "holds nothing");
  refuses(Kind::command, "/nonexistent/program", "failed with exit code 127");
  refuses(Kind::command, "yes", "holds more than 64 KB");
  // It can ask nobody: there is nothing to read.
  refuses(Kind::command, "read x && echo $x", "failed with exit code 1");
}

TEST_CASE("a command sees no other secret, and no file of ours") {
  setenv("PAPERTRAY_TEST_SECRET", "other-secret", 1);
  CHECK(secret(Kind::command, "echo \"x$PAPERTRAY_TEST_SECRET\"") == "x");
  unsetenv("PAPERTRAY_TEST_SECRET");
  const TempDir dir;
  write_file(dir / "open", "private");
  const int fd = dup2(fileno(stdin), 77);  // inheritable
  REQUIRE(fd == 77);
  CHECK(secret(Kind::command, "test -e /proc/self/fd/77 && echo inherited || echo closed") == "closed");
  close(fd);
}

TEST_CASE("a command that does not end is ended, with its children") {
  using std::chrono::milliseconds;
  for (const std::string command : {"sleep 1000", "sleep 1000 & wait", "exec 1>&-; sleep 1000"}) {
    CAPTURE(command);
    try {
      run_secret_command(command, "the password command", milliseconds(50));
      FAIL("came to an end");
    } catch (const Failure& failure) {
      CHECK(failure.error().text.find("does not end within") != std::string::npos);
    }
  }
}

TEST_CASE("an ask to stop ends it at once") {
  const papertray::testing::StopDescriptor stop;
  stop.ask();
  CHECK_THROWS_AS(run_secret_command("sleep 1000", "x", std::chrono::hours(1), stop.fd()), Stopped);
}

TEST_CASE("a child that a command leaves behind is not waited for") {
  const std::string left = run_secret_command("sleep 1000 & echo $!", "x", std::chrono::seconds(30));
  const pid_t child = std::stoi(left);
  REQUIRE(child > 1);
  CHECK(kill(child, SIGKILL) == 0);
}

TEST_CASE("wiped") {
  std::string text = "hush";
  wipe(text);
  CHECK(text.empty());
}
