// Strange PDFs of other projects, and bombs of our own, through the real reader. PAPERTRAY_LONG_TESTS:
// all of them; else a sample that changes with nothing.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/checked_paper.h"
#include "core/error.h"
#include "core/paper_style.h"
#include "inspect/corpus.h"
#include "inspect/pdf_caps.h"
#include "inspect/pdf_inspector.h"
#include "inspect/unique_fd.h"

using namespace papertray;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t sampled = 60;

PdfFacts look(const std::string& path) {
  static PdfInspector inspector({.program = INSPECT_PROGRAM});
  const UniqueFd pdf(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  REQUIRE(pdf);
  return inspector.read(pdf.get(), false).facts;
}

bool is_long() {
  const char* wish = std::getenv("PAPERTRAY_LONG_TESTS");
  return wish && *wish;
}

std::vector<std::string> corpus() {
  std::vector<std::string> paths;
  for (const char* set : {"/pdf-torture", "/pdf-gpl"}) {
    const std::string folder = test::corpus_folder().string() + set;
    if (!fs::exists(folder)) {
      MESSAGE("skipped: no " << folder);
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.is_regular_file() && entry.path().filename() != "SOURCE")
        paths.push_back(entry.path().string());
  }
  std::ranges::sort(paths);
  if (is_long()) return paths;
  std::vector<std::string> some;
  std::mt19937 seeded(2017);
  std::ranges::sample(paths, std::back_inserter(some), sampled, seeded);
  return some;
}

std::string output_of(const std::string& command) {
  std::string text(4096, '\0');
  std::FILE* pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe);
  text.resize(std::fread(text.data(), 1, text.size(), pipe));
  ::pclose(pipe);
  return text;
}

// -1: pdfinfo does not open it.
int pages_by_pdfinfo(const std::string& path) {
  const std::string text =
      output_of("timeout 20 pdfinfo '" + path + "' 2>/dev/null | grep -a '^Pages:'");
  return text.size() > 6 ? std::atoi(text.c_str() + 6) : -1;
}

#ifndef PAPERTRAY_SANITIZED
std::string quoted(const fs::path& path) {
  return "'" + path.string() + "'";
}
#endif

}  // namespace

TEST_CASE("pdf corpus: nothing hangs, nothing grows, pages are counted as pdfinfo does") {
  const std::vector<std::string> paths = corpus();
  const bool has_pdfinfo = std::system("command -v pdfinfo >/dev/null") == 0;
  if (!has_pdfinfo) MESSAGE("skipped in part: no pdfinfo");
  std::map<std::string, int> counted;
  std::map<std::string, int> ends;
  std::chrono::duration<double> longest{};
  for (const std::string& path : paths) {
    CAPTURE(path);
    const auto begun = std::chrono::steady_clock::now();
    const PdfFacts facts = look(path);
    longest = std::max<std::chrono::duration<double>>(longest, std::chrono::steady_clock::now() - begun);
    CHECK(facts.open);
    counted[path] = facts.page_count();
    for (const PdfFailure& failure : facts.failures) {
      CHECK(failure.end != PdfEnd::garbage);
      CHECK(failure.end != PdfEnd::crash);
      ++ends[std::string(pdf_end_name(failure.end))];
    }
    // What its author is told has words, whatever became of the reader.
    const CheckedPaper paper = checked_paper(facts, PaperStyle{});
    CHECK((paper.verdict.pages > 0 || !paper.verdict.findings.empty()));
  }
  // None of them needs more than a second of the processor.
  CHECK(static_cast<std::size_t>(ends[std::string(pdf_end_name(PdfEnd::time))]) * 50 <= paths.size());
#ifndef PAPERTRAY_SANITIZED
  rusage usage{};
  ::getrusage(RUSAGE_CHILDREN, &usage);
  CHECK(static_cast<std::uint64_t>(usage.ru_maxrss) * 1024 <= pdf_caps::address_space);
#endif
  int both = 0;
  for (const auto& [path, pages] : counted) {
    if (!has_pdfinfo || pages == 0) continue;
    const int theirs = pages_by_pdfinfo(path);
    if (theirs <= 0) continue;
    ++both;
    CAPTURE(path);
    CHECK(pages == theirs);
  }
  std::string told;
  for (const auto& [end, times] : ends)
    told += ", " + std::to_string(times) + " stages ended by " + end;
  MESSAGE(paths.size() << " PDFs, " << both << " counted by both, the longest took " << longest.count()
                       << " s" << told);
}

TEST_CASE("pdf bombs: each has its name, within its limits") {
#ifdef PAPERTRAY_SANITIZED
  MESSAGE("skipped: a sanitizer's memory cannot be limited");
#else
  const fs::path folder = fs::temp_directory_path() / ("papertray-bombs-" + std::to_string(::getpid()));
  REQUIRE(std::system(
              ("/usr/bin/python3 -B " + quoted(PDF_MAKER) + " --bombs " + quoted(folder)).c_str()) == 0);
  struct Row {
    const char* bomb;
    PdfStage stage;
    PdfEnd end;
  };
  const Row table[] = {
      {"flate", PdfStage::text, PdfEnd::bomb},
      {"twice-flate", PdfStage::text, PdfEnd::bomb},
      {"object-stream", PdfStage::structure, PdfEnd::memory},
      {"deep-tree", PdfStage::structure, PdfEnd::unreadable},
      {"wide-tree", PdfStage::structure, PdfEnd::unreadable},
      {"form-tower", PdfStage::text, PdfEnd::time},
      {"many-q", PdfStage::text, PdfEnd::memory},
      {"nested-arrays", PdfStage::text, PdfEnd::memory},
  };
  for (const Row& row : table) {
    CAPTURE(std::string(row.bomb));
    const PdfFacts facts = look((folder / (std::string(row.bomb) + ".pdf")).string());
    CHECK(facts.open);
    const PdfFailure* failure = facts.failure(row.stage);
    REQUIRE(failure);
    CHECK(pdf_end_name(failure->end) == pdf_end_name(row.end));
  }
  // Loops are seen, and too many words are cut: no failure, or that of time on a slow machine.
  for (const char* bomb : {"form-loop", "many-letters"}) {
    CAPTURE(std::string(bomb));
    const PdfFacts facts = look((folder / (std::string(bomb) + ".pdf")).string());
    CHECK(facts.page_count() == 1);
    const PdfFailure* failure = facts.failure(PdfStage::text);
    CHECK((!failure || failure->end == PdfEnd::time));
  }
  rusage usage{};
  ::getrusage(RUSAGE_CHILDREN, &usage);
  CHECK(static_cast<std::uint64_t>(usage.ru_maxrss) * 1024 <= pdf_caps::address_space);
  fs::remove_all(folder);
#endif
}

TEST_CASE("pdf inspector: programs that are no reader") {
  const auto failure = [](const std::string& program) -> std::string {
    PdfInspectorOptions options;
    options.program = program;
    const UniqueFd pdf(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    try {
      PdfInspector(options).read(pdf.get(), false);
    } catch (const std::exception& error) {
      return error.what();
    }
    return "";
  };
  CHECK(failure("/does/not/exist").find("cannot start the inspector") != std::string::npos);
  CHECK(failure("/bin/true").find("exit code 0") != std::string::npos);
  CHECK(failure("/bin/false").find("exit code 1") != std::string::npos);
}

TEST_CASE("pdf inspector: a program that starts no reader is not waited for for ever") {
  const fs::path silent = fs::temp_directory_path() / ("papertray-silent-" + std::to_string(::getpid()));
  std::ofstream(silent) << "#!/bin/sh\nexec sleep 1000\n";
  fs::permissions(silent, fs::perms::owner_all);
  PdfInspectorOptions options;
  options.program = silent.string();
  options.start_limit = std::chrono::milliseconds(50);
  const UniqueFd pdf(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  std::string said;
  try {
    PdfInspector(options).read(pdf.get(), false);
  } catch (const std::exception& error) {
    said = error.what();
  }
  CHECK(said.find("it does not answer") != std::string::npos);
  fs::remove(silent);
}

TEST_CASE("pdf inspector: a reader that does not end is ended, and the next one reads") {
  std::array<int, 2> ends{-1, -1};
  REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
  const UniqueFd nothing(ends[0]), open_end(ends[1]);  // a PDF that never comes
  PdfInspectorOptions options;
  options.program = INSPECT_PROGRAM;
  options.limit = std::chrono::milliseconds(50);
  PdfInspector inspector(options);
  const PdfFacts late = inspector.read(nothing.get(), false).facts;
  REQUIRE(late.failure(PdfStage::open));
  CHECK(late.failure(PdfStage::open)->end == PdfEnd::time);
  const UniqueFd empty(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  options.limit = std::chrono::minutes(2);
  PdfInspector patient(options);
  for (int i = 0; i < 3; ++i) {
    const PdfFacts facts = patient.read(empty.get(), false).facts;
    REQUIRE(facts.open);
    CHECK(facts.open->kind == PdfKind::empty);
  }
}

TEST_CASE("pdf inspector: the ask to stop ends a reading") {
  std::array<int, 2> ends{-1, -1};
  REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
  const UniqueFd nothing(ends[0]), open_end(ends[1]);
  const UniqueFd stop(::eventfd(1, EFD_CLOEXEC));  // readable
  PdfInspectorOptions options;
  options.program = INSPECT_PROGRAM;
  options.stop = stop.get();
  PdfInspector inspector(options);
  CHECK_THROWS_AS(inspector.read(nothing.get(), false), Stopped);
}
