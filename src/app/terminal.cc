#include "app/terminal.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <system_error>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/system_clock.h"
#include "core/error.h"
#include "core/printable.h"

namespace papertray {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

[[noreturn]] void cannot_print(int error) {
  throw Failure({Scope::program, Again::person, Exit::cannot_write,
                 "cannot write to standard output: " + std::generic_category().message(error) +
                     "; make room where it goes, then ask again"});
}

}  // namespace

void guard_standard_streams() {
  // open() takes the lowest free number, so this fills the gaps from below.
  int fd = STDIN_FILENO;
  while (fd >= STDIN_FILENO && fd <= STDERR_FILENO)
    fd = ::open("/dev/null", O_RDWR);
  if (fd > STDERR_FILENO) ::close(fd);
  std::signal(SIGPIPE, SIG_IGN);
}

Look look_of(const Globals& globals, const std::string& zone) {
  std::optional<int> terminal;
  const bool is_terminal = is_terminal_out();
  winsize size = {};
  if (is_terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    terminal = size.ws_col;
  Look look;
  look.width = choose_width(terminal, environment("COLUMNS"));
  // NO_COLOR is the convention of no-color.org.
  look.colour = is_terminal && !globals.no_color && environment("NO_COLOR").empty() &&
                environment("TERM") != "dumb";
  look.now = SystemClock().now();
  look.zone = zone;
  return look;
}

bool is_terminal_out() {
  return ::isatty(STDOUT_FILENO) == 1;
}

bool can_redraw_errors() {
  return ::isatty(STDERR_FILENO) == 1 && environment("TERM") != "dumb";
}

bool can_ask() {
  return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1;
}

bool ask(const std::string& question) {
  print(question);
  std::string answer;
  if (!std::getline(std::cin, answer)) print("\n");
  return answer == "y" || answer == "Y" || answer == "yes";
}

void print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0)
    return;
  if (errno != EPIPE) cannot_print(errno);
}

void complain(const std::string& sentence) {
  const std::string line = "papertray: " + one_line(sentence) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace papertray
