#include <filesystem>
#include <fstream>
#include <string>

#include <fmt/format.h>

#include "app/init_ask_parts.h"
#include "app/terminal.h"
#include "core/deadline.h"
#include "core/subject.h"
#include "core/time.h"

namespace papertray {
namespace {

namespace fs = std::filesystem;

constexpr const char* none = "none";

std::string deadline_objection(const std::string& text, const std::string& zone) {
  if (text == none) return "";
  return complaint([&] { parse_deadline(text, zone); });
}

std::string number_objection(const std::string& text, int most) {
  const bool digits =
      !text.empty() && text.size() < 6 && text.find_first_not_of("0123456789") == std::string::npos;
  if (digits && std::stoi(text) <= most) return "";
  return fmt::format("a number from 0 to {}, please", most);
}

std::string machine_zone() {
  std::ifstream in("/etc/timezone");
  std::string zone;
  if (in && std::getline(in, zone) && !zone.empty() &&
      complaint([&] { local_text(Time{}, zone); }).empty())
    return zone;
  return "UTC";
}

std::string ask_deadline(const std::string& given, const std::string& option,
                         const std::string& question, const std::string& zone, Dialogue& dialogue) {
  const auto check = [&](const std::string& text) { return deadline_objection(text, zone); };
  const std::string text =
      given_or_asked(given, option, check, [&] { return dialogue.ask(question, none, option, check); });
  if (text == none) return "";
  const Deadline read = parse_deadline(text, zone);
  if (dialogue.open())
    print(fmt::format("  on time until {} ({}){}\n", rfc3339(read.last), local_text(read.last, zone),
                      read.remark.empty() ? "" : "; " + read.remark));
  return text;
}

int ask_number(int given, const std::string& question, int most, Dialogue& dialogue, bool asked) {
  if (given > 0 || !asked) return given;
  return std::stoi(dialogue.ask(
      question, "0", "", [most](const std::string& text) { return number_objection(text, most); }));
}

WorkshopAnswers ask_workshop(const InitOptions& options, Dialogue& dialogue) {
  WorkshopAnswers workshop;
  const auto anything = [](const std::string&) { return std::string(); };
  workshop.name = given_or_asked(options.name, "--name", anything,
                                 [&] { return dialogue.ask("Name of the workshop", "", "--name"); });
  const auto zone = [](const std::string& text) { return complaint([&] { local_text(Time{}, text); }); };
  workshop.timezone = given_or_asked(options.timezone, "--timezone", zone, [&] {
    return dialogue.ask("Time zone that people are told times in", machine_zone(), "--timezone", zone);
  });
  const auto phrase = [](const std::string& text) {
    return fold_text(text).empty() ? std::string("a word or two that stand in the subject")
                                   : std::string();
  };
  workshop.papers = given_or_asked(options.subject, "--subject", phrase, [&] {
    return dialogue.ask("Words in the subject of papers", workshop.name + " paper", "--subject", phrase);
  });
  workshop.due =
      ask_deadline(options.due, "--due", "Deadline for papers (2027-03-01 23:59 AoE, or none)",
                   workshop.timezone, dialogue);
  workshop.final_due = ask_deadline(options.final_due, "--final-due",
                                    "Deadline for final copies (or none)", workshop.timezone, dialogue);
  workshop.paper = options.paper;
  workshop.pages = ask_number(options.pages, "Page limit (0 for none)", 1000, dialogue, dialogue.open());
  const std::string questions = given_or_asked(options.questions, "--questions", anything, [&] {
    return dialogue.ask("Words in the subject of questions for a panel (or none)", none, "--questions");
  });
  if (questions == none) return workshop;
  workshop.questions = questions;
  if (fold_text(questions) == fold_text(workshop.papers))
    wrong_answer("papers and questions need different words in their subjects");
  workshop.panels =
      ask_number(options.panels, "Number of panels (0 for none)", 100, dialogue, dialogue.open());
  return workshop;
}

}  // namespace

void ask_rules(const InitOptions& options, InitPlan& plan, Dialogue& dialogue) {
  if (options.rules.empty())
    dialogue.say(
        "The rules say what the workshop asks for. \"new\" asks for the name, the words in the subjects "
        "and the "
        "deadlines; \"sample\" takes those of Deep Learning At Supercomputer Scale (NIPS 2017) to try "
        "things out.");
  const bool details = !options.name.empty() || !options.due.empty() || !options.subject.empty();
  const std::string rules =
      !options.rules.empty()
          ? options.rules
          : dialogue.choose("Rules", {{"new", "your workshop's"}, {"sample", "the sample workshop's"}},
                            dialogue.open() || details ? "new" : "sample", "--rules");
  if (rules != "new" && details)
    wrong_answer("--name, --subject and --due are for --rules new; leave them out, or --rules");
  if (rules == "sample") {
    plan.rules_path = plan.places.dir + "/dlsc2017.toml";
    plan.rules_content = sample_rules_text(plan.answers.address);
  } else if (rules == "new") {
    plan.rules_path = plan.places.dir + "/rules.toml";
    plan.rules_content = rules_text(ask_workshop(options, dialogue), plan.answers.address);
  } else {
    plan.rules_path = absolute_path(rules);
  }
  const fs::path path(plan.rules_path);
  plan.answers.rules_file =
      path.parent_path() == fs::path(plan.places.dir) ? path.filename().string() : plan.rules_path;
}

}  // namespace papertray
