#include "app/progress_bar.h"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "app/terminal.h"

namespace papertray {
namespace {

constexpr std::size_t bar_width = 20;
constexpr std::chrono::milliseconds redraw_every{100};  // faster than that nobody reads

constexpr std::chrono::seconds first_guess{1};  // before that the time left is anybody's

// ECMA-48: to the line's beginning, erase it.
constexpr const char* erase_line = "\r\033[K";

class BarWatcher : public Watcher {
 public:
  BarWatcher(bool quiet, std::uint64_t total_bytes, std::size_t total_mails, std::string_view what)
      : shown_(!quiet && can_redraw_errors()), began_(std::chrono::steady_clock::now()) {
    progress_.total_bytes = total_bytes;
    progress_.total_mails = total_mails;
    progress_.what = what;
  }
  ~BarWatcher() override { erase(); }

  void fetched(std::uint64_t bytes) override {
    progress_.mails = std::max(progress_.mails, ++fetched_);
    progress_.bytes += bytes;
    draw();
  }
  // A database made anew fetches nothing.
  void taken(const TakenMessage&) override {
    progress_.mails = std::max(progress_.mails, ++taken_);
    draw();
  }
  void warning(const std::string& sentence) override {
    erase();
    complain(sentence);
  }

 private:
  void erase() {
    if (drawn_) std::fputs(erase_line, stderr);
    drawn_ = false;
  }
  void draw() {
    if (!shown_) return;
    const auto now = std::chrono::steady_clock::now();
    if (drawn_ && now - last_ < redraw_every) return;
    last_ = now;
    drawn_ = true;
    progress_.spent = now - began_;
    std::fputs((erase_line + progress_line(progress_)).c_str(), stderr);
  }

  bool shown_;
  bool drawn_ = false;
  std::size_t fetched_ = 0;
  std::size_t taken_ = 0;
  Progress progress_;
  std::chrono::steady_clock::time_point began_;
  std::chrono::steady_clock::time_point last_;
};

}  // namespace

std::string progress_line(const Progress& progress) {
  const double seconds = std::max(progress.spent.count(), 0.001);
  const std::string counted =
      fmt::format("{} {}{}, {:.0f} a second", progress.mails, progress.what,
                  progress.mails == 1 ? "" : "s", static_cast<double>(progress.mails) / seconds);
  if (progress.total_bytes == 0 && progress.total_mails == 0) return counted;
  const double read =
      progress.total_bytes > 0
          ? static_cast<double>(progress.bytes) / static_cast<double>(progress.total_bytes)
          : static_cast<double>(progress.mails) / static_cast<double>(progress.total_mails);
  const double part = std::min(1.0, read);  // files may grow while they are read
  const auto full = static_cast<std::size_t>(part * bar_width);
  std::string line = fmt::format("[{}{}] {:.0f} %, {}", std::string(full, '#'),
                                 std::string(bar_width - full, '.'), 100 * part, counted);
  if (part > 0 && progress.spent >= first_guess)
    line += fmt::format(", {:.0f} s left", seconds / part - seconds);
  return line;
}

std::unique_ptr<Watcher> progress_bar(bool quiet, std::uint64_t total_bytes, std::size_t total_mails,
                                      std::string_view what) {
  return std::make_unique<BarWatcher>(quiet, total_bytes, total_mails, what);
}

}  // namespace papertray
