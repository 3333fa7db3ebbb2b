#include "report/paper_check.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/printable.h"
#include "report/json_value.h"
#include "report/words.h"

namespace papertray {
namespace {

Tone tone_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return Tone::bad;
    case Severity::warn:
      return Tone::warn;
    case Severity::note:
      return Tone::dim;
  }
  return Tone::plain;
}

std::string conclusion(const PaperView& paper) {
  const auto count = [&](Severity severity) {
    return std::ranges::count(paper.verdict.findings, severity, &Finding::severity);
  };
  const auto plural = [](std::ptrdiff_t number, std::string_view word) {
    return fmt::format("{} {}{}", number, word, number == 1 ? "" : "s");
  };
  const std::ptrdiff_t errors = count(Severity::error), warnings = count(Severity::warn);
  if (errors > 0 && warnings > 0)
    return fmt::format("please look at {} and {}", plural(errors, "error"), plural(warnings, "warning"));
  if (errors > 0) return "please look at " + plural(errors, "error");
  if (warnings > 0) return "please look at " + plural(warnings, "warning");
  return "fits the " + paper.style + " style";
}

Tone conclusion_tone(const PaperView& paper) {
  if (has_errors(paper.verdict.findings)) return Tone::bad;
  const bool warned = std::ranges::count(paper.verdict.findings, Severity::warn, &Finding::severity) > 0;
  return warned ? Tone::warn : Tone::good;
}

std::string text_of(const PaperView& paper, const Look& look) {
  std::string out = painted(cut_to(one_line(paper.file), static_cast<std::size_t>(look.width)),
                            Tone::strong, look.colour) +
                    "\n";
  Facts facts;
  facts.add("title", paper.title);
  facts.add("pages", pages_text(paper.verdict));
  if (paper.width > 0) facts.add("size", fmt::format("{:.0f} x {:.0f} pt", paper.width, paper.height));
  facts.add("style", paper.style);
  facts.add("result", conclusion(paper), conclusion_tone(paper));
  out += facts.text(look, 2);
  Facts findings;
  add_findings(findings, paper.verdict.findings);
  return out + findings.text(look, 2);
}

}  // namespace

json::Value json::findings(const std::vector<Finding>& found) {
  Value array = Value::array();
  for (const Finding& finding : found)
    array.push_back({{"check", finding.check},
                     {"severity", severity_name(finding.severity)},
                     {"measured", words_or_null(finding.measured)},
                     {"expected", words_or_null(finding.expected)},
                     {"page", finding.page > 0 ? Value(finding.page) : Value()},
                     {"text", words(finding.text)}});
  return array;
}

json::Value json::length(double points) {
  return points > 0 ? Value(std::round(points * 100) / 100) : Value();
}

std::string pages_text(const PaperVerdict& verdict) {
  if (verdict.pages == 0) return "";
  std::string text = fmt::format("{}", verdict.pages);
  if (verdict.stopped_at.empty()) return text;
  return text + fmt::format(", {} of them before \"{}\"", verdict.counted_pages, verdict.stopped_at);
}

void add_findings(Facts& facts, const std::vector<Finding>& found) {
  for (const Finding& finding : found)
    facts.add(fmt::format("{:<5}  {}", severity_name(finding.severity), finding.check), finding.text,
              tone_of(finding.severity));
}

std::string paper_check_text(const std::vector<PaperView>& papers, const Look& look) {
  std::string out;
  for (const PaperView& paper : papers)
    out += (out.empty() ? "" : "\n") + text_of(paper, look);
  return out;
}

std::string paper_check_json(const std::vector<PaperView>& papers) {
  return json::printed_list("check-pdf", papers, [](const PaperView& paper) -> json::Value {
    const PaperVerdict& verdict = paper.verdict;
    return {{"file", json::words(paper.file)},
            {"sha256", paper.sha256},
            {"pages", verdict.pages > 0 ? json::Value(verdict.pages) : json::Value()},
            {"counted_pages", verdict.pages > 0 ? json::Value(verdict.counted_pages) : json::Value()},
            {"title", json::words_or_null(paper.title)},
            {"width_pt", json::length(paper.width)},
            {"height_pt", json::length(paper.height)},
            {"style", json::words(paper.style_id)},
            {"findings", json::findings(verdict.findings)}};
  });
}

}  // namespace papertray
