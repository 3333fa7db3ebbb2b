#include "app/dialogue.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fmt/format.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include "app/signals.h"
#include "app/terminal.h"
#include "core/error.h"
#include "core/nearest.h"
#include "core/printable.h"
#include "net/server.h"
#include "report/wrap.h"

namespace papertray {
namespace {

constexpr std::size_t text_columns = 78;
constexpr std::size_t longest_answer = 4096;  // a terminal's own line buffer holds no more

// The terminal shows nothing of what is typed while this lives, and shows it again however that ends.
class Unseen {
 public:
  Unseen() {
    if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
  }
  ~Unseen() {
    if (changed_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;

 private:
  termios before_ = {};
  bool changed_ = false;
};

std::string trimmed(const std::string& line) {
  const std::size_t first = line.find_first_not_of(" \t\r");
  if (first == std::string::npos) return "";
  return line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

[[noreturn]] void unanswered(const std::string& what) {
  throw Failure({Scope::program, Again::person, Exit::usage, what});
}

void wait_for_input() {
  std::array<pollfd, 2> waiting{pollfd{STDIN_FILENO, POLLIN, 0}, pollfd{stop_descriptor(), POLLIN, 0}};
  while (::poll(waiting.data(), waiting.size(), -1) < 0)
    if (errno != EINTR) unanswered("standard input cannot be waited for; nothing more is written");
  if (stop_asked()) throw Stopped();
}

}  // namespace

bool somebody_is_there() {
  return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1;
}

void Dialogue::say(const std::string& paragraph) const {
  if (!open_) return;
  print("\n");
  for (const std::string& line : wrap_line(paragraph, text_columns, LongWord::keep))
    print(line + "\n");
}

// Up to the line's end. What is typed ahead stays for the next question.
std::string Dialogue::answer() {
  for (;;) {
    if (const std::size_t end = read_ahead_.find('\n'); end != std::string::npos) {
      std::string line = read_ahead_.substr(0, end);
      std::string rest = read_ahead_.substr(end + 1);
      wipe(read_ahead_);  // it may have held a password
      read_ahead_ = std::move(rest);
      return line;
    }
    if (read_ahead_.size() > longest_answer)
      unanswered("an answer is longer than any of ours; nothing more is written");
    wait_for_input();
    std::array<char, 512> buffer{};
    const ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count <= 0) unanswered("the answers end before all is asked; run papertray init again");
    read_ahead_.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

std::string Dialogue::ask(const std::string& question, const std::string& otherwise,
                          const std::string& flag, const Check& check) {
  if (!open_) {
    if (otherwise.empty())
      unanswered(
          fmt::format("nobody is asked here: {} is needed; papertray init --help shows the rest", flag));
    return otherwise;
  }
  for (;;) {
    print(question + (otherwise.empty() ? ": " : " [" + one_line(otherwise) + "]: "));
    std::string given = trimmed(answer());
    if (given.empty()) given = otherwise;
    const std::string wrong = given.empty()                           ? "an answer is needed"
                              : given.find('\0') != std::string::npos ? "that holds a NUL byte"
                              : check                                 ? check(given)
                                                                      : "";
    if (wrong.empty()) return given;
    print("  " + one_line(wrong) + "\n");
  }
}

std::string Dialogue::ask_secret(const std::string& question, const std::string& flag) {
  if (!open_)
    unanswered("nobody is asked here: " + flag + " is needed; papertray init --help shows the rest");
  for (;;) {
    std::string given;
    {
      const Unseen unseen;
      print(question + " (not shown): ");
      given = trimmed(answer());
    }
    print("\n");
    if (!given.empty()) return given;
    print("  a password is needed\n");
  }
}

std::string Dialogue::choose(const std::string& question,
                             const std::vector<std::pair<std::string, std::string>>& words,
                             const std::string& otherwise, const std::string& flag) {
  std::vector<std::string> known;
  std::size_t widest = 0;
  for (const auto& [word, meaning] : words) {
    known.push_back(word);
    widest = std::max(widest, word.size());
  }
  if (open_)
    for (const auto& [word, meaning] : words)
      print(fmt::format("  {:<{}}  {}\n", word, widest, meaning));
  return ask(question, otherwise, flag, [&](const std::string& given) -> std::string {
    if (std::ranges::find(known, given) != known.end()) return "";
    const std::string nearest = nearest_word(given, known);
    return fmt::format("\"{}\" is not one of {}{}", given, fmt::join(known, ", "),
                       nearest.empty() ? "" : "; did you mean \"" + nearest + "\"?");
  });
}

bool Dialogue::yes(const std::string& question, bool otherwise) {
  const std::string given =
      ask(question + " (yes or no)", otherwise ? "yes" : "no", "", [](const std::string& word) {
        const bool known = word == "yes" || word == "y" || word == "no" || word == "n";
        return std::string(known ? "" : "yes or no, please");
      });
  return given.starts_with('y');
}

}  // namespace papertray
