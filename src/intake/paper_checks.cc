#include "intake/paper_checks.h"

#include <fmt/format.h>

#include "core/error.h"
#include "core/fail_point.h"

namespace papertray {
namespace {

// Handed out ahead: keeps the threads busy, and what is urgent does not wait behind thousands.
constexpr std::size_t most_under_way = 64;

// The stop is asked for this often.
constexpr std::chrono::milliseconds patience{100};

}  // namespace

void PaperChecks::begin() {
  const Rules& rules = parts_.intake.rules();
  std::vector<Event> late;
  for (const PaperOnRecord& paper : parts_.store.awaited_papers()) {
    const Key key{paper.sha256, paper.track};
    if (awaited_.contains(key)) continue;
    if (!settings_.on || settings_.budget == Seconds(0) || lost_.contains(key) ||
        !rules.styles.contains(paper.track)) {
      reached("check:late");
      late.push_back(
          {parts_.clock.now(), "papertray", CheckLate{.sha256 = paper.sha256, .track = paper.track}});
    } else {
      awaited_.emplace(key, parts_.clock.now() + settings_.budget);
      offer(paper, true);
    }
  }
  parts_.intake.write(std::move(late));
  while (settings_.on && under_way_.size() < most_under_way) {
    const std::vector<PaperOnRecord> papers =
        parts_.store.papers_after(handed_out_, most_under_way, true);
    if (papers.empty()) break;
    for (const PaperOnRecord& paper : papers)
      offer(paper, false);
    handed_out_ = papers.back().version;
  }
}

void PaperChecks::offer(const PaperOnRecord& paper, bool urgent) {
  const Rules& rules = parts_.intake.rules();
  const auto style = rules.styles.find(paper.track);
  const Key key{paper.sha256, paper.track};
  if (style == rules.styles.end() || lost_.contains(key) || !under_way_.insert(key).second) return;
  reached("check:start");
  parts_.pool.add({.paper = paper, .style = style->second, .urgent = urgent});
}

void PaperChecks::settle() {
  std::vector<Event> events;
  for (CheckPool::Done& done : parts_.pool.take())
    if (std::optional<Event> event = outcome(std::move(done))) events.push_back(std::move(*event));
  const Time now = parts_.clock.now();
  std::erase_if(awaited_, [&](const auto& waiting) {
    if (now < waiting.second) return false;
    events.push_back(
        {now, "papertray", CheckLate{.sha256 = waiting.first.first, .track = waiting.first.second}});
    return true;
  });
  if (events.empty()) return;
  reached("check:found");
  parts_.intake.write(std::move(events));
  reached("check:told");
}

std::optional<Event> PaperChecks::outcome(CheckPool::Done done) {
  const Key key{done.paper.sha256, done.paper.track};
  under_way_.erase(key);
  if (done.found) {
    awaited_.erase(key);
    return Event{parts_.clock.now(), "papertray",
                 PaperChecked{.sha256 = done.paper.sha256,
                              .track = done.paper.track,
                              .style = std::move(done.style),
                              .style_version = std::move(done.style_version),
                              .paper = std::move(*done.found)}};
  }
  if (done.failure.empty() && restored_.insert(key).second) {
    try {
      parts_.stock.restore(done.paper);
      offer(done.paper, awaited_.contains(key));
    } catch (const Failure& failure) {
      give_up(key, failure.error().text);
    }
    return std::nullopt;
  }
  give_up(key, done.failure.empty() ? "papers/" + done.paper.file + " has other bytes than it came with"
                                    : done.failure);
  return std::nullopt;
}

// Its receipt goes out without; the next start tries again.
void PaperChecks::give_up(const Key& key, const std::string& why) {
  lost_.insert(key);
  if (const auto waiting = awaited_.find(key); waiting != awaited_.end())
    waiting->second = parts_.clock.now();
  parts_.watcher.warning(fmt::format("a paper could not be looked into: {}", why));
}

void PaperChecks::wait_for_receipts(std::chrono::milliseconds at_most,
                                    const std::function<bool()>& stop) {
  begin();
  settle();
  const auto end = std::chrono::steady_clock::now() + at_most;
  while (awaited() && !stop()) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    if (left.count() <= 0) return;
    parts_.pool.wait(std::min(left, patience));
    settle();
  }
}

void PaperChecks::finish(const std::function<bool()>& stop) {
  for (begin(), settle(); !stop(); begin(), settle()) {
    if (!busy()) return;
    parts_.pool.wait(patience);
  }
}

}  // namespace papertray
