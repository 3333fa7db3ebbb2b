// The whole terminal for one command: a screen of its own, keys as they are typed. However the command
// ends, the terminal is as it was before.
#pragma once

#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include <termios.h>

namespace papertray {

class Screen {
 public:
  // Standard input and output are a terminal (can_ask); stop_on_signals was called. Throws Failure.
  Screen();
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  int width() const;
  int height() const;

  // From the top; what does not fit is not shown. Lines are fit to show and no wider than the terminal.
  void draw(const std::vector<std::string>& lines);

  enum class Woke {
    key,
    resized,
    timeout,
    ended,  // Ctrl-C, Ctrl-D, a signal, or the terminal is gone
  };
  struct Input {
    Woke woke = Woke::key;
    std::string key;  // "a", "enter", "up", "down", "page-up", "page-down"; "" for what has no name here
  };
  Input wait(std::optional<std::chrono::milliseconds> at_most = std::nullopt);

  // While it lives, keys are the terminal's again: Ctrl-C ends a command that waits for something else.
  class Usual {
   public:
    explicit Usual(Screen& screen);
    ~Usual();
    Usual(const Usual&) = delete;
    Usual& operator=(const Usual&) = delete;

   private:
    Screen& screen_;
  };

 private:
  void keys_to_us();
  void keys_to_terminal();
  bool read_keys();  // false: there will be no more

  termios before_{};
  std::deque<std::string> keys_;
};

}  // namespace papertray
