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

// The rules' templates in the order of the kinds, the organizers' own letters last.
std::vector<std::string> template_names(const Rules& rules) {
  std::vector<std::string> names;
  for (const ReceiptKind kind : all_receipt_kinds)
    names.emplace_back(receipt_kind_name(kind));
  for (const auto& [name, text] : rules.templates)
    if (own_letter_name(name)) names.push_back(name);
  return names;
}

// "posters" means "letters/posters", as `notify` does.
std::string template_named(const std::string& name, const Rules& rules) {
  const std::vector<std::string> names = template_names(rules);
  for (const std::string& known : {name, std::string(own_letters) + name})
    if (std::ranges::find(names, known) != names.end()) return known;
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
  const auto add = [&](const std::string& name) {
    const ReceiptKind kind = receipt_kind_from_name(name).value();
    Chosen chosen = choose(config, rules, options, kind, look.now);
    complete_facts(chosen.facts, kind, *chosen.track);
    views.push_back({name, templates.render(name, receipt_view(chosen.facts, rules, *chosen.track))});
  };
  if (!options.name.empty())
    add(template_named(options.name, rules));
  else
    for (const std::string& name : template_names(rules))
      add(name);
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
