#include "app/screen.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <string_view>
#include <system_error>
#include <utility>

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/signals.h"
#include "app/terminal.h"
#include "core/error.h"

namespace papertray {
namespace {

// xterm's control sequences, which every terminal of our days knows.
constexpr std::string_view own_screen = "\x1b[?1049h";
constexpr std::string_view screen_before = "\x1b[?1049l";
constexpr std::string_view home = "\x1b[H";
constexpr std::string_view clear_line = "\x1b[K";
constexpr std::string_view clear_rest = "\x1b[J";

constexpr char ctrl_c = 3;
constexpr char ctrl_d = 4;
constexpr char escape = 27;

volatile std::sig_atomic_t resized = 0;

void on_resize(int) {
  resized = 1;
}

constexpr std::pair<std::string_view, std::string_view> sequences[] = {
    {"\x1b[A", "up"},   {"\x1b[B", "down"},     {"\x1bOA", "up"},
    {"\x1bOB", "down"}, {"\x1b[5~", "page-up"}, {"\x1b[6~", "page-down"}};

// The first key of what was typed, and how many bytes it is.
std::pair<std::string, std::size_t> first_key(std::string_view typed) {
  for (const auto& [bytes, name] : sequences)
    if (typed.starts_with(bytes)) return {std::string(name), bytes.size()};
  const char c = typed.front();
  if (c == '\r' || c == '\n') return {"enter", 1};
  // A sequence that has no name here: all of it, or its letters would be taken for keys.
  if (c == escape) return {"", typed.size()};
  if (c > ' ' && c < 127) return {std::string(1, c), 1};
  if (c == ' ') return {"page-down", 1};
  return {"", 1};
}

winsize window() {
  winsize size = {};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) {
    size.ws_col = 80;
    size.ws_row = 24;
  }
  return size;
}

}  // namespace

Screen::Screen() {
  if (::tcgetattr(STDIN_FILENO, &before_) != 0)
    throw Failure({Scope::program, Again::person, Exit::usage,
                   "standard input is no terminal: " + std::generic_category().message(errno)});
  struct sigaction action = {};
  action.sa_handler = on_resize;
  sigemptyset(&action.sa_mask);
  sigaction(SIGWINCH, &action, nullptr);
  // It comes only while we wait, so that none is missed between a look and the wait.
  sigset_t resizing;
  sigemptyset(&resizing);
  sigaddset(&resizing, SIGWINCH);
  sigprocmask(SIG_BLOCK, &resizing, nullptr);
  keys_to_us();
  print(own_screen);
}

Screen::~Screen() {
  keys_to_terminal();
  // Where it cannot be written the terminal is gone.
  [[maybe_unused]] const ssize_t n = ::write(STDOUT_FILENO, screen_before.data(), screen_before.size());
}

void Screen::keys_to_us() {
  termios raw = before_;
  raw.c_lflag &= static_cast<tcflag_t>(~(ICANON | ECHO | ISIG | IEXTEN));
  raw.c_iflag &= static_cast<tcflag_t>(~(IXON | ICRNL | INLCR));
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  ::tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
}

void Screen::keys_to_terminal() {
  ::tcsetattr(STDIN_FILENO, TCSADRAIN, &before_);
}

int Screen::width() const {
  return window().ws_col;
}
int Screen::height() const {
  return window().ws_row;
}

void Screen::draw(const std::vector<std::string>& lines) {
  const auto room = static_cast<std::size_t>(height());
  std::string out(home);
  for (std::size_t i = 0; i < lines.size() && i < room; ++i) {
    if (i > 0) out += "\r\n";
    out += lines[i];
    out += clear_line;
  }
  out += clear_rest;
  print(out);
}

bool Screen::read_keys() {
  std::array<char, 256> buffer;
  const ssize_t n = ::read(STDIN_FILENO, buffer.data(), buffer.size());
  if (n < 0 && errno == EINTR) return true;
  if (n <= 0) return false;
  std::string_view typed(buffer.data(), static_cast<std::size_t>(n));
  while (!typed.empty()) {
    if (typed.front() == ctrl_c || typed.front() == ctrl_d) return false;
    auto [key, size] = first_key(typed);
    if (!key.empty()) keys_.push_back(std::move(key));
    typed.remove_prefix(size);
  }
  return true;
}

Screen::Input Screen::wait(std::optional<std::chrono::milliseconds> at_most) {
  sigset_t none;
  sigprocmask(SIG_BLOCK, nullptr, &none);
  sigdelset(&none, SIGWINCH);
  for (;;) {
    if (stop_asked()) return {Woke::ended, ""};
    if (!keys_.empty()) {
      Input input{Woke::key, std::move(keys_.front())};
      keys_.pop_front();
      return input;
    }
    if (std::exchange(resized, 0) != 0) return {Woke::resized, ""};
    pollfd watched[] = {{STDIN_FILENO, POLLIN, 0}, {wake_descriptor(), POLLIN, 0}};
    timespec time = {};
    if (at_most) {
      time.tv_sec = at_most->count() / 1000;
      time.tv_nsec = (at_most->count() % 1000) * 1'000'000;
    }
    const int ready = ::ppoll(watched, 2, at_most ? &time : nullptr, &none);
    if (ready == 0) return {Woke::timeout, ""};
    if (ready < 0 && errno != EINTR) return {Woke::ended, ""};
    if (ready < 0) continue;
    if (watched[1].revents != 0) drain_wake();
    if (watched[0].revents != 0 && !read_keys()) return {Woke::ended, ""};
  }
}

Screen::Usual::Usual(Screen& screen) : screen_(screen) {
  screen_.keys_to_terminal();
}
Screen::Usual::~Usual() {
  screen_.keys_to_us();
}

}  // namespace papertray
