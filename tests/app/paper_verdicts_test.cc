// Papers of exact geometry, and of other people's programs, through the real reader:
// tests/pdf/verdicts.json says what must be found in each, in this order and no more.
#include <fstream>
#include <map>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <nlohmann/json.hpp>

#include "app/style_file.h"
#include "core/paper_check.h"
#include "inspect/pdf_inspector.h"
#include "inspect/unique_fd.h"

using namespace papertray;

namespace {

const std::string folder = std::string(PAPERTRAY_ROOT) + "/tests/pdf/";

std::vector<std::string> told(const PaperVerdict& verdict) {
  std::vector<std::string> lines;
  for (const Finding& finding : verdict.findings)
    lines.push_back(std::string(severity_name(finding.severity)) + " " + finding.check +
                    (finding.measured.empty() ? "" : " " + finding.measured));
  return lines;
}

}  // namespace

TEST_CASE("papers: each has its planned verdict") {
  std::ifstream in(folder + "verdicts.json");
  const auto rows = nlohmann::json::parse(in);
  REQUIRE(rows.size() >= 60);
  PdfInspectorOptions options;
  options.program = INSPECT_PROGRAM;
  PdfInspector inspector(options);
  std::map<std::string, PaperStyle> styles;
  for (const std::string name : {"nips2017", "acl"})
    styles[name] = load_style(name, "");
  for (const auto& row : rows) {
    const std::string file = row["file"];
    CAPTURE(file);
    const UniqueFd pdf(::open((folder + file).c_str(), O_RDONLY | O_CLOEXEC));
    REQUIRE(pdf);
    const PdfFacts facts = inspector.read(pdf.get(), false).facts;
    const PaperVerdict verdict = check_paper(facts, styles.at(row["style"]));
    CHECK(verdict.pages == row["pages"].get<int>());
    CHECK(verdict.counted_pages == row["counted"].get<int>());
    CHECK((facts.title ? facts.title->title : "") == row["title"].get<std::string>());
    CHECK(told(verdict) == row["findings"].get<std::vector<std::string>>());
    for (const Finding& finding : verdict.findings) {
      CHECK(finding.text.find("invalid") == std::string::npos);
      CHECK(finding.text.ends_with("."));
    }
  }
}

TEST_CASE("papers: every check of the table is found in one of them") {
  std::ifstream in(folder + "verdicts.json");
  const std::string all = nlohmann::json::parse(in).dump();
  for (const std::string_view check : paper_check_names()) {
    if (check == "ink") continue;  // only when asked for
    CAPTURE(std::string(check));
    CHECK(all.find(" " + std::string(check)) != std::string::npos);
  }
}

TEST_CASE("papers: ink and a picture when asked for") {
  PdfInspectorOptions options;
  options.program = INSPECT_PROGRAM;
  options.ink = true;
  const UniqueFd pdf(::open((folder + "libreoffice.pdf").c_str(), O_RDONLY | O_CLOEXEC));
  const PdfReading reading = PdfInspector(options).read(pdf.get(), true);
  REQUIRE(reading.facts.ink);
  REQUIRE(reading.facts.ink->pages.size() == 2);
  CHECK(reading.facts.ink->pages[0].left == doctest::Approx(108).epsilon(0.03));
  CHECK(reading.picture.width == 850);
  CHECK(reading.picture.height == 1100);
  CHECK(reading.picture.pixels.size() == 850U * 1100 * 3);
}
