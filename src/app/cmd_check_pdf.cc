#include "app/cmd_check_pdf.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "app/annotate.h"
#include "app/config.h"
#include "app/paper_checking.h"
#include "app/readers.h"
#include "app/replace_file.h"
#include "app/style_file.h"
#include "app/terminal.h"
#include "core/error.h"
#include "core/printable.h"
#include "files/read_file.h"
#include "inspect/pdf_inspector.h"
#include "log/sha256.h"
#include "report/paper_check.h"

namespace papertray {
namespace {

// The style when neither the command line nor the rules name one: the workshop's that this is first for.
constexpr const char* usual_style = "nips2017";
constexpr std::size_t piece = 256 * 1024;

Failure bad_file(const std::string& file, const std::string& why) {
  return Failure({Scope::message, Again::person, Exit::not_there,
                  fmt::format("cannot read {}: {}; check the path", one_line(file), why)});
}

PaperStyle style_for(const Globals& globals, const CheckPdfOptions& options) {
  const std::optional<Config> config = load_config_if_there(globals.config, globals.state);
  const std::string rules_file = config ? config->rules : "";
  if (!options.style.empty()) return load_style(options.style, rules_file);
  if (!config) return load_style(usual_style, "");
  const Rules rules = present_rules(*config);
  for (const Track& track : rules.tracks)
    if (track.needs == Needs::pdf) return style_of(track, rules_file);
  return load_style(usual_style, rules_file);
}

ReadFile open_file(const std::string& file) {
  std::error_code error;
  const std::filesystem::path there = std::filesystem::canonical(file, error);
  if (error) throw bad_file(file, error.message());
  ReadFile opened = ReadFile::open(there.string());
  if (!opened.good()) throw bad_file(file, opened.why());
  return opened;
}

std::string sha256_of(const ReadFile& file, const std::string& name) {
  Sha256 sum;
  std::array<char, piece> bytes{};
  for (std::uint64_t offset = 0;;) {
    const long got = file.read_at(offset, bytes);
    if (got < 0) throw bad_file(name, "it cannot be read to its end");
    if (got == 0) return sum.hex();
    sum.add({bytes.data(), static_cast<std::size_t>(got)});
    offset += static_cast<std::uint64_t>(got);
  }
}

PaperView view_of(const std::string& file, const std::string& sha256, const PdfFacts& facts,
                  const PaperStyle& style) {
  PaperView view;
  view.file = file;
  view.sha256 = sha256;
  view.style = style.name;
  view.style_id = style.id;
  view.verdict = check_paper(facts, style);
  if (facts.title) {
    view.title = facts.title->title;
    view.authors = facts.title->authors;
    view.meta_title = facts.title->meta_title;
  }
  if (facts.structure && !facts.structure->pages.empty()) {
    view.width = facts.structure->pages.front().width;
    view.height = facts.structure->pages.front().height;
  }
  return view;
}

class Check {
 public:
  Check(PdfInspector& inspector, const PaperStyle& style, const CheckPdfOptions& options)
      : inspector_(inspector), style_(style), options_(options), done_(options.files.size()) {}

  // Several at once, on as many processors as there are.
  void all() {
    const std::size_t most = std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < std::min(most, done_.size()); ++i)
      threads.emplace_back([this] { work(); });
    work();
  }

  // What could be read, in the order of the files; what could not is told on standard error.
  std::vector<PaperView> take(bool& all_read) {
    std::vector<PaperView> views;
    for (Done& done : done_) {
      if (done.view) views.push_back(std::move(*done.view));
      if (done.failure.empty()) continue;
      complain(done.failure);
      all_read = false;
    }
    if (broken_) std::rethrow_exception(broken_);
    return views;
  }

 private:
  struct Done {
    std::optional<PaperView> view;
    std::string failure;
  };

  void work() {
    for (std::size_t i = next_++; i < done_.size(); i = next_++) {
      try {
        done_[i].view = one(options_.files[i]);
      } catch (const Failure& failure) {
        if (failure.error().scope == Scope::message)
          done_[i].failure = failure.error().text;
        else
          stop(std::current_exception());
      } catch (...) {
        stop(std::current_exception());
      }
    }
  }
  void stop(std::exception_ptr why) {
    if (!stopped_.exchange(true)) broken_ = std::move(why);
    next_ = done_.size();
  }

  PaperView one(const std::string& file) {
    const ReadFile opened = open_file(file);
    const bool annotate = !options_.annotate.empty();
    const PdfReading reading = inspector_.read(opened.descriptor(), annotate);
    if (annotate) {
      if (reading.picture.width == 0)
        throw Failure(
            {Scope::message, Again::never, Exit::not_there,
             "cannot draw page 1 of " + one_line(file) + "; look at its findings without --annotate"});
      replace_file(options_.annotate, annotated_png(reading.picture, reading.facts, style_),
                   Readable::by_others);
    }
    return view_of(file, sha256_of(opened, file), reading.facts, style_);
  }

  PdfInspector& inspector_;
  const PaperStyle& style_;
  const CheckPdfOptions& options_;
  std::vector<Done> done_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<bool> stopped_ = false;
  std::exception_ptr broken_;
};

}  // namespace

int cmd_check_pdf(const Globals& globals, const CheckPdfOptions& options) {
  if (!options.annotate.empty() && options.files.size() != 1)
    throw Failure({Scope::program, Again::person, Exit::usage,
                   "--annotate draws one paper, and " + std::to_string(options.files.size()) +
                       " are named; name one"});
  const PaperStyle style = style_for(globals, options);
  PdfInspectorOptions reader = paper_reader_options(globals);
  reader.ink = options.ink;
  PdfInspector inspector(reader);
  Check check(inspector, style, options);
  check.all();
  bool good = true;
  const std::vector<PaperView> views = check.take(good);
  if (globals.json)
    print(paper_check_json(views));
  else
    print(paper_check_text(views, look_of(globals, "UTC")));
  for (const PaperView& view : views)
    good = good && !has_errors(view.verdict.findings);
  return static_cast<int>(good ? Exit::done : Exit::not_there);
}

}  // namespace papertray
