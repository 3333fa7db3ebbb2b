#include "app/cmd_recheck.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "app/count_bar.h"
#include "app/logging.h"
#include "app/paper_checking.h"
#include "app/readers.h"
#include "app/signals.h"
#include "app/terminal.h"
#include "core/ascii.h"
#include "core/error.h"
#include "core/printable.h"
#include "report/outcome.h"

namespace papertray {
namespace {

constexpr std::size_t read_at_once = 500;
// Written down together; between two groups others may write.
constexpr std::size_t group_size = 64;
constexpr std::chrono::milliseconds patience{100};

// Which of the papers on record are meant, each file once; what was asked for and is not there.
class Choice {
 public:
  Choice(const RecheckOptions& options, const Rules& rules) : options_(options), rules_(rules) {
    for (const std::string& id : options.ids)
      missing_.insert(id);
  }

  std::vector<PaperOnRecord> from(const Store& store) {
    std::vector<PaperOnRecord> chosen;
    for (std::int64_t after = 0;;) {
      const std::vector<PaperOnRecord> papers = store.papers_after(after, read_at_once, false);
      if (papers.empty()) return chosen;
      for (const PaperOnRecord& paper : papers)
        if (wanted(paper) && seen_.emplace(paper.sha256, paper.track).second) chosen.push_back(paper);
      after = papers.back().version;
    }
  }
  const std::set<std::string>& missing() const { return missing_; }

 private:
  bool wanted(const PaperOnRecord& paper) {
    const auto style = rules_.styles.find(paper.track);
    if (style == rules_.styles.end()) return false;
    if (options_.ids.empty()) return options_.all || paper.checked_by != style->second.version;
    const auto named = std::ranges::find_if(
        options_.ids, [&](const std::string& id) { return ascii::same(id, paper.submission); });
    if (named == options_.ids.end()) return false;
    missing_.erase(*named);
    return true;
  }

  const RecheckOptions& options_;
  const Rules& rules_;
  std::set<std::string> missing_;
  std::set<std::pair<std::string, std::string>> seen_;
};

class Recheck {
 public:
  Recheck(Workspace& workspace, Turn& turn, PaperChecking& checking, CountBar& bar)
      : workspace_(workspace), turn_(turn), checking_(checking), bar_(bar) {}

  // Without the turn but for the moments in which results are written.
  RecheckedView all(std::vector<PaperOnRecord> papers) {
    const Rules rules = workspace_.intake().rules();
    RecheckedView view;
    std::size_t next = 0, under_way = 0;
    std::vector<CheckPool::Done> done;
    turn_.let_go();
    while ((next < papers.size() || under_way > 0) && !stop_asked()) {
      for (; next < papers.size() && under_way < group_size; ++next, ++under_way)
        checking_.pool().add({.paper = papers[next], .style = rules.styles.at(papers[next].track)});
      checking_.pool().wait(patience);
      for (CheckPool::Done& one : checking_.pool().take()) {
        --under_way;
        if (made_again(one)) {
          papers.push_back(one.paper);
          continue;
        }
        done.push_back(std::move(one));
        bar_.show(view.checked + view.failed + static_cast<std::int64_t>(done.size()),
                  static_cast<std::int64_t>(papers.size()));
      }
      if (done.size() >= group_size) write(std::exchange(done, {}), view);
    }
    write(std::move(done), view);
    view.stopped = stop_asked();
    return view;
  }

 private:
  void write(std::vector<CheckPool::Done> done, RecheckedView& view) {
    if (done.empty() || !turn_.take([] { return true; })) return;
    workspace_.take_over();
    std::vector<Event> events;
    for (CheckPool::Done& one : done) {
      if (!one.found) {
        ++view.failed;
        complain(fmt::format(
            "{} could not be looked into: {}", one.paper.submission,
            one.failure.empty() ? "its file has other bytes than it came with" : one.failure));
        continue;
      }
      ++view.checked;
      if (count_to_look_at(one.found->verdict.findings) > 0) ++view.with_findings;
      events.push_back({workspace_.clock().now(), "papertray",
                        PaperChecked{.sha256 = one.paper.sha256,
                                     .track = one.paper.track,
                                     .style = one.style,
                                     .style_version = one.style_version,
                                     .paper = std::move(*one.found)}});
    }
    workspace_.intake().write(std::move(events));
    turn_.let_go();
  }

  // One that lies in papers/ no longer as it came: from the log, and once more.
  bool made_again(CheckPool::Done& one) {
    if (one.found || !one.failure.empty() || !restored_.insert(one.paper.version).second) return false;
    try {
      checking_.stock().restore(one.paper);
      return true;
    } catch (const Failure& failure) {
      one.failure = failure.error().text;
      return false;
    }
  }

  Workspace& workspace_;
  Turn& turn_;
  PaperChecking& checking_;
  CountBar& bar_;
  std::set<std::int64_t> restored_;
};

RecheckedView run(const Config& config, const Globals& globals, const RecheckOptions& options) {
  const std::unique_ptr<Watcher> lines = log_watcher(globals.quiet);
  Turn turn = take_turn(config, "papertray recheck");
  Workspace workspace(config, globals, turn, *lines);
  workspace.catch_up();
  Choice choice(options, workspace.intake().rules());
  std::vector<PaperOnRecord> papers = choice.from(workspace.store());
  if (!choice.missing().empty())
    throw Failure({Scope::program, Again::person, Exit::not_there,
                   fmt::format("{} is no paper on record; papertray list papers shows the ids",
                               one_line(*choice.missing().begin()))});
  PaperChecking checking(globals, workspace, *lines);
  CountBar bar(globals.quiet, "papers");
  return Recheck(workspace, turn, checking, bar).all(std::move(papers));
}

}  // namespace

int cmd_recheck(const Globals& globals, const RecheckOptions& options) {
  const Config config = load_config(globals.config, globals.state);
  check_rules(config);
  static_cast<void>(open_reader(config));  // says so where nothing was taken in yet
  stop_on_signals();
  const RecheckedView view = run(config, globals, options);
  if (globals.json)
    print(rechecked_json(view));
  else if (!globals.quiet)
    print(rechecked_text(view));
  if (view.stopped) return static_cast<int>(Exit::try_later);
  return static_cast<int>(view.failed > 0 ? Exit::not_there : Exit::done);
}

}  // namespace papertray
