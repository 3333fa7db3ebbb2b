#include "app/cmd_status.h"

#include <chrono>
#include <memory>

#include <fmt/format.h>

#include "app/config.h"
#include "app/readers.h"
#include "app/screen.h"
#include "app/signals.h"
#include "app/status_view.h"
#include "app/terminal.h"
#include "core/error.h"
#include "core/printable.h"
#include "report/json.h"
#include "report/text.h"
#include "report/words.h"

namespace papertray {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

// The state, and in the last line when it was so.
std::vector<std::string> page(const StatusView& view, const Look& look, int height, int seconds) {
  std::vector<std::string> lines = lines_of(status_text(view, look));
  lines.resize(static_cast<std::size_t>(std::max(1, height - 1)));
  lines.push_back(
      painted(cut_to(fmt::format("{}, every {} s; q ends", time_text(look.now, look), seconds),
                     static_cast<std::size_t>(look.width)),
              Tone::dim, look.colour));
  return lines;
}

int watch_status(const Globals& globals, const Config& config, const Rules& rules, int seconds) {
  if (globals.json || !can_ask())
    throw Failure({Scope::program, Again::person, Exit::usage,
                   "--watch is for a terminal; papertray status --json is for programs"});
  stop_on_signals();
  std::unique_ptr<Reader> reader;
  Screen screen;
  for (;;) {
    if (!reader) reader = open_reader_if_there(config);
    Look look = look_of(globals, rules.timezone);
    look.width = screen.width();
    screen.draw(
        page(status_view(config, rules, reader.get(), look.now), look, screen.height(), seconds));
    const Screen::Input input = screen.wait(std::chrono::seconds(seconds));
    if (input.woke == Screen::Woke::ended) break;
    if (input.woke == Screen::Woke::key && input.key == "q") break;
  }
  return static_cast<int>(Exit::done);
}

}  // namespace

int cmd_status(const Globals& globals, std::optional<int> watch) {
  const Config config = load_config(globals.config, globals.state);
  const Rules rules = present_rules(config);
  if (watch) return watch_status(globals, config, rules, *watch);
  const Look look = look_of(globals, rules.timezone);
  const std::unique_ptr<Reader> reader = open_reader_if_there(config);
  const StatusView view = status_view(config, rules, reader.get(), look.now);
  print(globals.json ? status_json(view, look.now) : status_text(view, look));
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
