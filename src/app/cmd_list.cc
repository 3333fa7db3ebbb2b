#include "app/cmd_list.h"

#include "app/config.h"
#include "app/readers.h"
#include "app/replace_file.h"
#include "app/rows_ahead.h"
#include "app/terminal.h"
#include "core/error.h"
#include "report/csv.h"
#include "report/json.h"
#include "report/question_sheet.h"
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

// What lies before a moderator: without what is hidden or taken back.
bool is_sheet(const ListOptions& options) {
  return options.format == "sheet" || options.format == "html" || !options.html.empty();
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
  only(!options.final_copy.empty(), papers, "--final", "papers");
  only(options.panel.has_value(), questions, "--panel", "questions");
  const bool sheet = is_sheet(options);
  only(sheet, questions, "a sheet", "questions");
  if (options.askers && !sheet) wrong_usage("--askers is for --format sheet and --format html");
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
  filter.final_copy = options.final_copy;
  filter.shown = is_sheet(options);
  if (options.what == "triage") {
    filter.fate = Fate::triage;
    filter.open_notes = true;
    filter.quarantined = true;
  }
  return filter;
}

// On standard output, or the page in its file.
void print_sheet(const Reader& reader, const ListOptions& options, const Rules& rules,
                 const Look& look) {
  const QuestionSheet sheet{.workshop = rules.workshop,
                            .panel = options.panel,
                            .askers = options.askers,
                            .rows = reader.questions(filter_of(options))};
  if (!options.html.empty())
    replace_file(options.html, question_sheet_html(sheet, look), Readable::by_others);
  if (options.format == "html") print(question_sheet_html(sheet, look));
  if (options.format == "sheet") print(question_sheet_text(sheet, look));
}

// There may be many: they are read while the rules are, and while those before are printed.
void print_papers(const Globals& globals, const Config& config, const ListFilter& filter,
                  const std::string& format) {
  const PaperDetail detail = format == "table" ? PaperDetail::table : PaperDetail::all;
  RowsAhead ahead([&](const PaperSink& sink) { open_reader(config)->each_paper(filter, detail, sink); });
  const Rules rules = present_rules(config);
  if (format == "json") return print(papers_json_from(ahead.rows()));
  if (format == "csv") return print(papers_csv_from(ahead.rows()));
  papers_text(ahead.rows(), look_of(globals, rules.timezone), print);
}

void print_list(const Reader& reader, const ListOptions& options, const std::string& format,
                const Look& look) {
  const ListFilter filter = filter_of(options);
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
  if (options.what == "papers") {
    print_papers(globals, config, filter_of(options), format);
    return static_cast<int>(Exit::done);
  }
  const Rules rules = present_rules(config);
  const Look look = look_of(globals, rules.timezone);
  if (is_sheet(options))
    print_sheet(*open_reader(config), options, rules, look);
  else
    print_list(*open_reader(config), options, format, look);
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
