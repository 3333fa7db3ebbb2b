#include "app/cmd_triage.h"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "app/cmd_act.h"
#include "app/cmd_list.h"
#include "app/cmd_route.h"
#include "app/cmd_undo.h"
#include "app/readers.h"
#include "app/screen.h"
#include "app/signals.h"
#include "app/terminal.h"
#include "app/triage_item.h"
#include "core/error.h"

namespace papertray {
namespace {

class Dialogue {
 public:
  Dialogue(const Globals& globals, const ActBy& by)
      : globals_(globals),
        by_(by),
        config_(load_config(globals.config, globals.state)),
        rules_(present_rules(config_)),
        reader_(open_reader(config_)) {
    globals_.quiet = true;  // the commands' own words have no place on the screen
  }

  int run() {
    choose_next();
    if (!item_) return print("Nothing waits in triage.\n"), static_cast<int>(Exit::done);
    {
      Screen screen;
      while (item_) {
        draw(screen);
        const Screen::Input input = screen.wait();
        if (input.woke == Screen::Woke::ended) break;
        if (input.woke == Screen::Woke::key && !obey(screen, input.key)) break;
      }
    }
    print(fmt::format("{} settled, {} put off, {} wait in triage.\n", done_.size(), later_.size(),
                      waiting().size()));
    return static_cast<int>(Exit::done);
  }

 private:
  std::vector<std::string> waiting() const {
    ListFilter filter;
    filter.fate = Fate::triage;
    filter.open_notes = true;
    filter.quarantined = true;
    std::vector<std::string> ids;
    for (const MessageRow& row : reader_->messages(filter))
      if (!row.id.empty()) ids.push_back(row.id);
    return ids;
  }

  // The first that is not put off, or `wanted` when it still waits.
  void choose_next(const std::string& wanted = "") {
    const std::vector<std::string> ids = waiting();
    item_.reset();
    auto found = std::ranges::find(ids, wanted);
    if (found == ids.end())
      found = std::ranges::find_if(ids, [&](const auto& id) { return !later_.contains(id); });
    if (found == ids.end()) return;
    item_ = triage_item(*found, *reader_, config_, rules_, globals_);
    if (!item_) return;
    item_->screen.number = static_cast<int>(found - ids.begin()) + 1;
    item_->screen.of = static_cast<int>(ids.size());
    item_->screen.said = std::exchange(said_, "");
  }

  void draw(Screen& screen) {
    Look look = look_of(globals_, rules_.timezone);
    look.width = screen.width();
    screen.draw(triage_lines(item_->screen, look, screen.height()));
  }

  // False: the person has seen enough.
  bool obey(Screen& screen, const std::string& key) {
    TriageScreen& shown = item_->screen;
    const int page = std::max(1, screen.height() / 2);
    shown.said.clear();
    if (key == "q") return false;
    if (key == "down" || key == "j" || key == "enter") shown.scroll += 1;
    if (key == "up" || key == "k") shown.scroll -= 1;
    if (key == "page-down") shown.scroll += page;
    if (key == "page-up" || key == "b") shown.scroll -= page;
    if (key == "l") put_off();
    if (key == "u") undo(screen);
    if (key == "d") dismiss(screen, by_.note);
    if (key == "r") return by_hand(screen);
    if (item_ && item_->steps.contains(key)) take(screen, item_->steps.at(key));
    return true;
  }

  void put_off() {
    later_.insert(item_->screen.id);
    said_ = item_->screen.id + " is put off.";
    choose_next();
  }

  void dismiss(Screen& screen, const std::string& note) {
    ActOptions options{
        .kind = ActKind::dismiss, .ids = {item_->screen.id}, .into = "", .panel = 0, .by = by_};
    options.by.note = note;
    give(screen, "dismissed", [&] { cmd_act(globals_, options); });
  }

  void take(Screen& screen, const TriageStep& step) {
    if (step.settle) {
      const ActOptions options{.kind = step.settle->kind,
                               .ids = {step.settle->id},
                               .into = step.settle->into,
                               .panel = 0,
                               .by = by_};
      give(screen, note_command_text(*step.settle), [&] { cmd_act(globals_, options); });
      return;
    }
    RouteOptions options;
    options.id = item_->screen.id;
    options.to = step.route_to;
    options.by = by_;
    give(screen, "taken as " + step.route_to, [&] { cmd_route(globals_, options); });
  }

  // Only what was done here: what the same person did before is not on the screen.
  void undo(Screen& screen) {
    if (done_.empty()) {
      item_->screen.said = "Nothing was done here that could be undone.";
      return;
    }
    const std::string id = done_.back();
    try {
      const Screen::Usual usual(screen);
      cmd_undo(globals_, by_);
      done_.pop_back();
      later_.erase(id);
      said_ = id + " is as it was.";
      choose_next(id);
    } catch (const Failure& failure) {
      item_->screen.said = failure.error().text;
    }
  }

  bool by_hand(Screen& screen) {
    for (;;) {
      Look look = look_of(globals_, rules_.timezone);
      look.width = screen.width();
      screen.draw(by_hand_lines(item_->screen, item_->reply_to, look, screen.height()));
      const Screen::Input input = screen.wait();
      if (input.woke == Screen::Woke::ended) return false;
      if (input.woke != Screen::Woke::key) continue;
      if (input.key == "y") dismiss(screen, "answered by hand");
      return true;
    }
  }

  template <class Command>
  void give(Screen& screen, const std::string& what, const Command& command) {
    const std::string id = item_->screen.id;
    try {
      const Screen::Usual usual(screen);
      command();
      done_.push_back(id);
      said_ = id + ": " + what + ".";
      choose_next();
    } catch (const Failure& failure) {
      item_->screen.said = failure.error().text;
    }
  }

  Globals globals_;
  const ActBy& by_;
  Config config_;
  Rules rules_;
  std::unique_ptr<Reader> reader_;
  std::optional<TriageItem> item_;
  std::set<std::string> later_;
  std::vector<std::string> done_;  // messages, in the order of what was done
  std::string said_;
};

}  // namespace

int cmd_triage(const Globals& globals, const ActBy& by) {
  if (globals.json || !can_ask()) {
    ListOptions list;
    list.what = "triage";
    return cmd_list(globals, list);
  }
  stop_on_signals();
  return Dialogue(globals, by).run();
}

}  // namespace papertray
