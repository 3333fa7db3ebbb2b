#include "app/terminal.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include <sys/ioctl.h>
#include <unistd.h>

#include "app/system_clock.h"
#include "core/error.h"

namespace papertray {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

}  // namespace

Look look_of(const Globals& globals, const std::string& zone) {
  std::optional<int> terminal;
  const bool is_terminal = ::isatty(STDOUT_FILENO) == 1;
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

void print(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0)
    return;
  if (errno == EPIPE) return;  // the reader has seen enough: `papertray list | head`
  throw Failure({Scope::program, Again::person, Exit::cannot_write,
                 "cannot write the answer: " + std::generic_category().message(errno)});
}

}  // namespace papertray
