#include "app/acting.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "app/actor.h"
#include "app/logging.h"
#include "app/readers.h"
#include "app/rules_file.h"
#include "app/signals.h"
#include "app/terminal.h"
#include "core/error.h"
#include "core/printable.h"

namespace papertray {
namespace {

[[noreturn]] void not_there(const std::string& text) {
  throw Failure({Scope::program, Again::person, Exit::not_there, text});
}

std::string note_of(const std::string& given) {
  std::string note = many_lines(given);
  if (note.size() > most_note_bytes)
    throw Failure({Scope::program, Again::person, Exit::usage,
                   fmt::format("--note has {} bytes; at most {}", note.size(), most_note_bytes)});
  return note;
}

}  // namespace

Acting::Acting(const Globals& globals, const ActBy& by, const std::string& command)
    : globals_(globals),
      config_(load_config(globals.config, globals.state)),
      actor_(actor_of(by.actor)),
      note_(note_of(by.note)),
      lines_(log_watcher(globals.quiet || globals.json)) {
  stop_on_signals();
  open_reader(config_);  // says so when there is nothing yet
  turn_ = std::unique_ptr<Turn>(new Turn(take_turn(config_, "papertray " + command)));
  workspace_ = std::make_unique<Workspace>(config_, globals_, *turn_, *lines_);
  workspace_->settle();
  // Those in force, as the log has them: a daemon that runs beside decides by them, too.
  const std::optional<RulesLoaded> in_force = workspace_->store().rules();
  rules_ = in_force ? read_rules(*in_force) : present_rules(config_);
  reader_ = open_reader(config_);
}

Acting::~Acting() = default;

std::optional<Standing> Acting::standing(const std::string& id) const {
  const std::optional<ShownSubmission> shown = reader_->submission(id);
  if (!shown) return std::nullopt;
  Standing standing;
  standing.id = shown->id;
  standing.track = shown->track;
  standing.state = *state_from_name(shown->state);
  standing.merged_into = shown->merged_into;
  standing.panel = shown->panel.value_or(0);
  standing.hidden = shown->hidden;
  standing.late = static_cast<int>(std::ranges::count(shown->versions, false, &VersionRow::on_time));
  if (const Track* track = rules_.track(shown->track)) {
    standing.paper = track->needs == Needs::pdf;
    standing.panels = track->panels;
  } else {
    // The rules have it no more; what came tells.
    standing.paper =
        std::ranges::any_of(shown->versions, [](const auto& row) { return !row.file.empty(); });
  }
  return standing;
}

Standing Acting::required(const std::string& id) const {
  std::optional<Standing> found = standing(id);
  if (!found)
    not_there("there is no submission " + one_line(id) +
              "; papertray list papers and papertray list questions show them");
  return *std::move(found);
}

MessageStanding Acting::message(const std::string& id) const {
  const std::optional<ShownMessage> shown = reader_->message(id);
  if (!shown)
    not_there("there is no message " + one_line(id) + "; papertray list triage shows what waits");
  return {.id = shown->row.id,
          .fate = shown->row.fate,
          .submission = shown->row.submission,
          .open_notes = static_cast<int>(shown->row.open_notes.size())};
}

void Acting::write(decltype(Event::what) what) {
  workspace_->intake().obey({workspace_->clock().now(), actor_, std::move(what)});
}

void Acting::act(const std::string& command, const std::vector<Wanted>& wanted) {
  ActedView view{.command = command, .actor = actor_, .undone = false, .rows = {}};
  Acted acted{.acts = {}, .command = command};
  for (const Wanted& one : wanted) {
    if (one.verdict.step == Step::refuse)
      not_there(one.verdict.text + (wanted.size() > 1 ? "; nothing was done" : ""));
    // The same id twice on a command line is one act.
    if (std::ranges::any_of(view.rows, [&](const auto& row) {
          return row.act.id == one.act.id && row.act.kind == one.act.kind;
        }))
      continue;
    const bool done = one.verdict.step == Step::act;
    view.rows.push_back({one.act, done, one.verdict.text});
    if (done) acted.acts.push_back(one.act);
  }
  if (!acted.acts.empty()) write(std::move(acted));
  tell(view);
}

void Acting::tell(const ActedView& view) const {
  if (globals_.json)
    print(acted_json(view));
  else if (!globals_.quiet)
    print(acted_text(view, look_of(globals_, rules_.timezone)));
}

}  // namespace papertray
