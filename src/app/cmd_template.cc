#include "app/cmd_template.h"

#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "app/config.h"
#include "app/letter_facts.h"
#include "app/readers.h"
#include "app/terminal.h"
#include "core/error.h"
#include "core/nearest.h"
#include "core/printable.h"
#include "core/receipt.h"
#include "report/receipt_text.h"
#include "report/rendered.h"

namespace papertray {
namespace {

[[noreturn]] void not_there(const std::string& text) {
  throw Failure({Scope::program, Again::person, Exit::not_there, text});
}

ReceiptKind kind_named(const std::string& name) {
  std::vector<std::string> names;
  for (const ReceiptKind kind : all_receipt_kinds) {
    if (receipt_kind_name(kind) == name) return kind;
    names.emplace_back(receipt_kind_name(kind));
  }
  const std::string nearest = nearest_word(name, names);
  throw Failure({Scope::program, Again::person, Exit::usage,
                 fmt::format("\"{}\" is not one of {}{}", one_line(name), fmt::join(names, ", "),
                             nearest.empty() ? "" : "; did you mean \"" + nearest + "\"?")});
}

// The first track that such a receipt can be for.
const Track& track_for(const Rules& rules, ReceiptKind kind) {
  const Needs needs = kind == ReceiptKind::question ? Needs::text : Needs::pdf;
  const auto found = std::ranges::find(rules.tracks, needs, &Track::needs);
  return found != rules.tracks.end() ? *found : rules.tracks.front();
}

// As if the paper had come at the last second, or the first too late.
ReceiptFacts invented(ReceiptKind kind, const Track& track, Time now) {
  ReceiptFacts facts;
  facts.label = track.prefix + "-7";
  facts.version = kind == ReceiptKind::replaced || kind == ReceiptKind::late ? 2 : 1;
  facts.received = track.due ? track.due->last : now;
  if (kind == ReceiptKind::late) {
    facts.received += Seconds(1);
    facts.counts_version = 1;
  }
  if (track.needs == Needs::pdf) {
    facts.file_name = "paper.pdf";
    facts.size = 217'342;
    facts.sha256 = std::string(64, 'a');
  } else {
    facts.question = "Will larger batches always need larger learning rates?";
  }
  facts.problem = Problem::no_pdf;
  facts.sender_subject = track.subjects.front();
  facts.title = "Large Batches on Many Nodes";
  if (kind == ReceiptKind::problem) facts.label.clear();
  return facts;
}

struct Chosen {
  ReceiptFacts facts;
  const Track* track = nullptr;
};

Chosen choose(const Config& config, const Rules& rules, const TemplateOptions& options, ReceiptKind kind,
              Time now) {
  if (options.submission.empty()) {
    const Track& track = track_for(rules, kind);
    return {invented(kind, track, now), &track};
  }
  const auto shown = open_reader(config)->submission(options.submission);
  if (!shown)
    not_there("there is no " + one_line(options.submission) + "; papertray list papers shows the ids");
  const Track* track = rules.track(shown->track);
  if (!track)
    not_there(fmt::format("{} is of the track {}, which the rules no longer have", shown->id,
                          one_line(shown->track)));
  return {letter_facts(*shown, kind, *track), track};
}

}  // namespace

int cmd_template(const Globals& globals, const TemplateOptions& options) {
  const Config config = load_config(globals.config, globals.state);
  const Rules rules = present_rules(config);
  const ReceiptTemplates templates = ReceiptTemplates::parse(rules.templates);
  const Look look = look_of(globals, rules.timezone);
  std::vector<RenderedView> views;
  const auto add = [&](ReceiptKind kind) {
    Chosen chosen = choose(config, rules, options, kind, look.now);
    complete_facts(chosen.facts, kind, *chosen.track);
    views.push_back({std::string(receipt_kind_name(kind)),
                     templates.render(kind, receipt_view(chosen.facts, rules, *chosen.track))});
  };
  if (!options.name.empty())
    add(kind_named(options.name));
  else
    for (const ReceiptKind kind : all_receipt_kinds)
      add(kind);
  if (globals.json) return print(rendered_json(views)), static_cast<int>(Exit::done);
  if (options.html && options.name.empty())
    throw Failure({Scope::program, Again::person, Exit::usage,
                   "--html shows one template; name it: papertray template received --html"});
  print(options.html           ? views.front().receipt.html
        : options.name.empty() ? rendered_list(views, look)
                               : rendered_text(views.front()));
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
