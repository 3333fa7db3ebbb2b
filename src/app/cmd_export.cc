#include "app/cmd_export.h"

#include <filesystem>
#include <memory>
#include <vector>

#include <fmt/format.h>
#include <sys/stat.h>

#include "app/config.h"
#include "app/pages_open.h"
#include "app/progress_bar.h"
#include "app/readers.h"
#include "app/replace_file.h"
#include "app/signals.h"
#include "app/terminal.h"
#include "app/verified_file.h"
#include "app/workspace.h"
#include "core/error.h"
#include "core/printable.h"
#include "core/submission.h"
#include "report/csv.h"
#include "report/csv_shapes.h"
#include "report/json.h"
#include "report/paper_files.h"
#include "zip/write_zip.h"

namespace papertray {
namespace {

[[noreturn]] void refuse(Exit exit, const std::string& text) {
  throw Failure({Scope::program, Again::person, exit, text});
}

// What is to be written, and what it counts.
struct Export {
  std::string text;
  const char* what = "papers";
  std::int64_t items = 0;
};

class PaperSource : public ZipSource {
 public:
  PaperSource(const std::string& path, std::uint64_t size, const std::string& sha256, Watcher& bar)
      : file_(path, size, sha256), bar_(bar) {}
  std::size_t read(std::span<char> buffer) override {
    if (stop_asked()) throw Stopped();
    const std::size_t n = file_.read(buffer);
    read_ += n;
    if (n == 0) bar_.fetched(read_);
    return n;
  }

 private:
  VerifiedFile file_;
  Watcher& bar_;
  std::uint64_t read_ = 0;
};

std::uint64_t size_of(const std::string& path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error)
    refuse(Exit::bad_data, path + " cannot be read: " + error.message() +
                               "; papertray rebuild writes it anew from the log");
  return size;
}

std::int64_t export_zip(const Globals& globals, const Config& config,
                        const std::vector<PaperRow>& papers, const std::string& file) {
  std::vector<ZipEntry> entries;
  std::uint64_t total = 0;
  std::unique_ptr<Watcher> bar;
  for (const PaperRow& row : papers) {
    // Of an accepted paper what the site shows: its final copy, once that has come.
    const bool final_copy = row.final_copy && row.state == state_name(SubmissionState::accepted);
    const std::string path = papers_path(config) + "/" + (final_copy ? row.final_copy->file : row.file);
    const std::uint64_t size = size_of(path);
    total += size;
    entries.push_back(
        {.name = paper_file_name(row),
         .size = size,
         .modified = final_copy ? row.final_copy->received : row.received,
         .open = [path, size, sha256 = final_copy ? row.final_copy->sha256 : row.sha256, &bar] {
           return std::make_unique<PaperSource>(path, size, sha256, *bar);
         }});
  }
  if (entries.empty()) refuse(Exit::not_there, "there is no such paper, and a zip of none is no file");
  bar = progress_bar(globals.quiet, total, 0, "paper");
  ::umask(0077);  // papers that nobody has decided about
  write_zip(file, entries);
  return static_cast<std::int64_t>(entries.size());
}

void name_authors(const Config& config, std::vector<PaperRow>& rows) {
  const auto authors = PagesReader::open(database_path(config))->authors();
  for (PaperRow& row : rows)
    if (const auto found = authors.find(row.id); found != authors.end()) row.authors = found->second;
}

Export export_lists(const Config& config, const Reader& reader, const ExportOptions& options,
                    bool json) {
  ListFilter filter;
  filter.state = options.decision;
  if (options.of == "questions") {
    const std::vector<QuestionRow> rows = reader.questions(filter);
    return {.text = json ? questions_json(rows) : questions_csv(rows),
            .what = "questions",
            .items = static_cast<std::int64_t>(rows.size())};
  }
  std::vector<PaperRow> rows = reader.papers(filter);
  const auto items = static_cast<std::int64_t>(rows.size());
  if (!options.shape.empty()) name_authors(config, rows);
  if (json) return {.text = papers_json(rows), .items = items};
  if (options.shape == "easychair") return {.text = easychair_csv(rows), .items = items};
  if (options.shape == "openreview") return {.text = openreview_csv(rows), .items = items};
  return {.text = papers_csv(rows), .items = items};
}

Export export_site_parts(const Config& config, const Rules& rules, const std::string& end, Time now) {
  const std::unique_ptr<PagesReader> reader = open_pages_if_there(config);
  const SiteView view = site_view(rules, reader ? reader->accepted() : std::vector<AcceptedPaper>{}, {});
  if (end == ".bib")
    return {.text = site_bibliography(view),
            .what = "accepted papers",
            .items = static_cast<std::int64_t>(view.papers.size())};
  const Calendar calendar = site_calendar(view);
  // RFC 5545 section 3.4: a calendar of nothing is none.
  if (calendar.events.empty())
    refuse(Exit::not_there, "the rules have no deadline to put into a calendar");
  return {.text = calendar_text(calendar, now),
          .what = "dates",
          .items = static_cast<std::int64_t>(calendar.events.size())};
}

void check(const ExportOptions& options, const std::string& end) {
  const bool lists = end == ".csv" || end == ".json";
  if (!lists && end != ".bib" && end != ".zip" && end != ".ics")
    refuse(Exit::usage,
           fmt::format("\"{}\" should end in .csv, .json, .bib, .zip or .ics, which says what to write",
                       one_line(options.file)));
  const auto only = [&](bool given, bool fits, const char* name, const char* ends) {
    if (given && !fits) refuse(Exit::usage, fmt::format("{} is for {}, not for {}", name, ends, end));
  };
  only(!options.shape.empty(), end == ".csv", "--shape", ".csv");
  only(!options.of.empty(), lists, "--of", ".csv and .json");
  only(!options.decision.empty(), lists || end == ".zip", "--decision", ".csv, .json and .zip");
  if (!options.shape.empty() && options.of == "questions")
    refuse(Exit::usage, "--shape is for papers, not for questions");
}

}  // namespace

int cmd_export(const Globals& globals, const ExportOptions& options) {
  const std::string end = std::filesystem::path(options.file).extension().string();
  check(options, end);
  const Config config = load_config(globals.config, globals.state);
  const Rules rules = present_rules(config);
  Export done;
  if (end == ".zip") {
    ListFilter filter;
    filter.state = options.decision;
    done.items = export_zip(globals, config, open_reader(config)->papers(filter), options.file);
  } else {
    done = end == ".bib" || end == ".ics"
               ? export_site_parts(config, rules, end, look_of(globals, rules.timezone).now)
               : export_lists(config, *open_reader(config), options, end == ".json");
    replace_file(options.file, done.text, Readable::by_us);
  }
  tell_written(globals, {.command = "export",
                         .to = options.file,
                         .what = done.what,
                         .items = done.items,
                         .files = 1,
                         .bytes = size_of(options.file)});
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
