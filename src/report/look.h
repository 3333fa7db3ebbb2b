// How something is to be shown: the terminal's width, colour or none, and the moment that countdowns
// are told from. Everything in report/ is a pure function of its rows and of this.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"

namespace papertray {

struct Look {
  int width = 100;      // columns; nothing shown as text is wider
  bool colour = false;  // ANSI colours; the caller knows whether this is a terminal
  Time now{};
  std::string zone = "UTC";  // IANA; times for people are told in it
};

// The width to use: $COLUMNS when it is a number, else the terminal's own, else 100 (output that goes
// into a file or a pipe is no terminal, but tables stay readable there). At least 20, at most 1,000.
int choose_width(std::optional<int> terminal, std::string_view columns_variable);

enum class Tone { plain, strong, good, warn, bad, dim };

// `text` in the tone's colour when `colour` is set, else as it is.
std::string painted(std::string_view text, Tone tone, bool colour);

}  // namespace papertray
