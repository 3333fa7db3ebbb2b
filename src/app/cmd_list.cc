#include "app/cmd_list.h"

#include "app/config.h"
#include "app/readers.h"
#include "app/terminal.h"
#include "core/error.h"
#include "report/csv.h"
#include "report/json.h"
#include "report/text.h"

namespace papertray {
namespace {

// One kind of list in the three forms it can have.
template <class Rows>
void print_formed(const Rows& rows, const std::string& format, const Look& look,
                  std::string (*text)(const Rows&, const Look&), std::string (*csv)(const Rows&),
                  std::string (*json)(const Rows&)) {
  if (format == "json") return print(json(rows));
  if (format == "csv") return print(csv(rows));
  print(text(rows, look));
}

[[noreturn]] void wrong_usage(const std::string& text) {
  throw Failure({Scope::program, Again::person, Exit::usage, text});
}

// A filter that a list cannot have is told, not passed over.
void check_filters(const ListOptions& options) {
  const bool papers = options.what == "papers";
  const bool questions = options.what == "questions";
  const auto only = [&](bool given, bool has, const char* name, const char* lists) {
    if (given && !has) wrong_usage(std::string(name) + " is for " + lists + ", not for " + options.what);
  };
  only(options.late, papers || questions, "--late", "papers and questions");
  only(!options.decision.empty(), papers || questions, "--decision", "papers and questions");
  only(options.panel.has_value(), questions, "--panel", "questions");
}

std::string format_of(const Globals& globals, const ListOptions& options) {
  if (!globals.json) return options.format.empty() ? "table" : options.format;
  if (!options.format.empty() && options.format != "json")
    wrong_usage("--json and --format " + options.format + " ask for two things; leave one out");
  return "json";
}

ListFilter filter_of(const ListOptions& options) {
  ListFilter filter;
  filter.late = options.late;
  filter.problems = options.problems;
  filter.panel = options.panel;
  filter.state = options.decision;
  if (options.what == "triage") {
    filter.fate = Fate::triage;
    filter.open_notes = true;
  }
  return filter;
}

void print_list(const Reader& reader, const ListOptions& options, const std::string& format,
                const Look& look) {
  const ListFilter filter = filter_of(options);
  if (options.what == "papers") {
    const PaperDetail detail = format == "table" ? PaperDetail::table : PaperDetail::all;
    const PaperRows rows = [&](const PaperSink& sink) { reader.each_paper(filter, detail, sink); };
    if (format == "json") return print(papers_json_from(rows));
    if (format == "csv") return print(papers_csv_from(rows));
    return papers_text(rows, look, print);
  }
  if (options.what == "questions")
    return print_formed(reader.questions(filter), format, look, questions_text, questions_csv,
                        questions_json);
  if (options.what == "messages")
    return print_formed(reader.messages(filter), format, look, messages_text, messages_csv,
                        messages_json);
  if (options.what == "triage")
    return print_formed(reader.messages(filter), format, look, triage_text, messages_csv, triage_json);
  return print_formed(reader.outbox(filter), format, look, outbox_text, outbox_csv, outbox_json);
}

}  // namespace

int cmd_list(const Globals& globals, const ListOptions& options) {
  check_filters(options);
  const std::string format = format_of(globals, options);
  const Config config = load_config(globals.config, globals.state);
  const Rules rules = present_rules(config);
  const Look look = look_of(globals, rules.timezone);
  print_list(*open_reader(config), options, format, look);
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
