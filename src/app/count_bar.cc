#include "app/count_bar.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include <fmt/format.h>

#include "app/terminal.h"
#include "report/words.h"

namespace papertray {
namespace {

constexpr std::int64_t bar_width = 20;
constexpr std::chrono::milliseconds redraw_every{100};  // faster than that nobody reads
constexpr std::chrono::seconds first_guess{1};          // before that the time left is anybody's
constexpr const char* erase_line = "\r\033[K";          // ECMA-48

}  // namespace

CountBar::CountBar(bool quiet, std::string things)
    : things_(std::move(things)),
      shown_(!quiet && can_redraw_errors()),
      began_(std::chrono::steady_clock::now()) {}

CountBar::~CountBar() {
  if (drawn_) std::fputs(erase_line, stderr);
}

void CountBar::show(std::int64_t done, std::int64_t all) {
  const auto now = std::chrono::steady_clock::now();
  if (!shown_ || (drawn_ && now - last_ < redraw_every)) return;
  last_ = now;
  drawn_ = true;
  std::fputs((erase_line + count_line(done, all, now - began_, things_)).c_str(), stderr);
}

std::string count_line(std::int64_t done, std::int64_t all, std::chrono::duration<double> spent,
                       const std::string& things) {
  const double seconds = std::max(spent.count(), 0.001);
  const std::int64_t whole = std::max<std::int64_t>(all, 1);
  const std::int64_t part = std::clamp<std::int64_t>(done, 0, whole);
  const std::int64_t full = part * bar_width / whole;
  std::string line = fmt::format(
      "[{}{}] {} %, {} of {} {}, {:.0f} a second", std::string(static_cast<std::size_t>(full), '#'),
      std::string(static_cast<std::size_t>(bar_width - full), '.'), part * 100 / whole, grouped(done),
      grouped(all), things, static_cast<double>(done) / seconds);
  if (part > 0 && spent >= first_guess)
    line += fmt::format(", {:.0f} s left",
                        seconds * static_cast<double>(whole - part) / static_cast<double>(part));
  return line;
}

}  // namespace papertray
