// How many pages count, how large they are, and what else concerns whole pages.
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "core/paper_check_parts.h"
#include "core/printable.h"

namespace papertray {
namespace {

struct NamedSize {
  std::string_view name;
  double width, height;
};
constexpr std::array<NamedSize, 6> named_sizes = {{{"US Letter", 612, 792},
                                                   {"A4", 595.28, 841.89},
                                                   {"US Legal", 612, 1008},
                                                   {"A5", 419.53, 595.28},
                                                   {"A3", 841.89, 1190.55},
                                                   {"B5", 498.9, 708.66}}};

bool is_size(double width, double height, double other_width, double other_height, double tolerance) {
  return std::abs(width - other_width) <= tolerance && std::abs(height - other_height) <= tolerance;
}

std::string pages_words(int count) {
  return fmt::format("{} page{}", count, count == 1 ? "" : "s");
}

std::string what_counts(const PaperStyle& style) {
  return style.count_all ? "" : " before the references";
}

}  // namespace

void PaperFindings::add(std::string_view check, Severity severity, std::string measured,
                        std::string expected, int page, std::string text, bool for_organizers) {
  findings_.push_back({std::string(check), severity, std::move(measured), std::move(expected), page,
                       std::move(text), for_organizers});
}

std::vector<Finding> PaperFindings::sorted() {
  const auto& names = paper_check_names();
  std::ranges::stable_sort(findings_, {}, [&](const Finding& finding) {
    return std::ranges::find(names, finding.check) - names.begin();
  });
  return std::move(findings_);
}

std::string megabytes(std::uint64_t bytes) {
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

std::string points(double value) {
  const std::string two = fmt::format("{:.2f}", value);
  return (two.ends_with(".00") ? two.substr(0, two.size() - 3) : two) + " pt";
}

std::string page_size_words(double width, double height) {
  std::string words = fmt::format("{:.0f} x {:.0f} pt", width, height);
  for (const NamedSize& size : named_sizes) {
    if (is_size(width, height, size.width, size.height, 3))
      return words + fmt::format(" ({})", size.name);
    if (is_size(height, width, size.width, size.height, 3))
      return words + fmt::format(" ({}, turned)", size.name);
  }
  return words;
}

PageCount count_pages(const PdfFacts& facts, const PaperStyle& style) {
  PageCount counted;
  counted.pages = facts.page_count();
  if (!facts.text) return counted;
  const std::vector<PdfPageText>& pages = facts.text->pages;
  const auto lines_of = [&](int page) {
    const auto at = static_cast<std::size_t>(page - 1);
    return page >= 1 && at < pages.size() ? pages[at].lines : 0;
  };
  counted.lines_on_last = lines_of(counted.pages);
  if (style.count_all) return counted;
  for (const PdfHeading& heading : facts.text->headings) {
    const std::string plain = plain_heading(heading.text);
    const bool stops = std::ranges::any_of(style.stop_headings, [&](const std::string& stop) {
      // "Appendix A: Proofs" is one too, if it looks like a heading.
      return plain == stop || (heading.styled && plain.starts_with(stop));
    });
    // A paper does not begin with its references.
    if (!stops || (heading.page == 1 && heading.lines_above == 0)) continue;
    counted.stopped_at = one_line(heading.text);
    counted.stop_page = heading.page;
    counted.pages = heading.lines_above > 0 ? heading.page : heading.page - 1;
    counted.lines_on_last = heading.lines_above > 0 ? heading.lines_above : lines_of(heading.page - 1);
    return counted;
  }
  return counted;
}

void check_page_size(const PdfFacts& facts, const PaperStyle& style, PaperFindings& findings) {
  if (!facts.structure || style.width <= 0) return;
  const std::vector<PdfPage>& pages = facts.structure->pages;
  const std::string expected = page_size_words(style.width, style.height);
  bool wrong = false, turned = false, cropped = false;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const PdfPage& page = pages[i];
    const int number = static_cast<int>(i) + 1;
    if (page.cropped && !cropped) {
      cropped = true;
      findings.add(
          "page-size", Severity::note, "cropped", "the whole page", number,
          fmt::format("Page {} is cropped: viewers show less of it than was set; please export it "
                      "without cropping.",
                      number));
    }
    if (is_size(page.width, page.height, style.width, style.height, style.size_tolerance)) continue;
    const std::string measured = page_size_words(page.width, page.height);
    if (is_size(page.height, page.width, style.width, style.height, style.size_tolerance)) {
      if (!turned)
        findings.add("page-size", Severity::warn, measured, expected, number,
                     fmt::format("Page {} lies on its side; please turn it upright.", number));
      turned = true;
    } else if (!wrong) {
      wrong = true;
      findings.add("page-size", Severity::error, measured, expected, number,
                   fmt::format("Page {} is {}; please set the paper size to {} and export it again.",
                               number, measured, style.paper));
    }
  }
}

void check_page_limit(const PdfFacts& facts, const PaperStyle& style, const PageCount& counted,
                      PaperFindings& findings) {
  if (style.pages <= 0 || counted.pages <= style.pages) return;
  const std::string measured = pages_words(counted.pages);
  const std::string expected = "at most " + pages_words(style.pages);
  const auto add = [&](Severity severity, std::string text) {
    findings.add("page-limit", severity, measured, expected, style.pages + 1, std::move(text));
  };
  if (!style.count_all && counted.stopped_at.empty()) {
    const std::string why = facts.text && facts.text->letters > 0 ? "found no heading References"
                                                                  : "could not read its text";
    return add(
        Severity::warn,
        fmt::format(
            "The file has {}, and the limit is {}; we {}, so please see that the text ends by page {}.",
            measured, pages_words(style.pages) + what_counts(style), why, style.pages));
  }
  if (counted.pages == style.pages + 1 && counted.lines_on_last <= style.lines_over)
    return add(Severity::warn,
               fmt::format("The text runs {} line{} over onto page {}; please shorten it a little.",
                           counted.lines_on_last, counted.lines_on_last == 1 ? "" : "s", counted.pages));
  const std::string where =
      counted.stopped_at.empty()
          ? ""
          : fmt::format(", counted up to \"{}\" on page {}", counted.stopped_at, counted.stop_page);
  add(Severity::error, fmt::format("The paper has {}{}; the limit is {}, please shorten it.", measured,
                                   where, pages_words(style.pages) + what_counts(style)));
}

void check_ink(const PdfFacts& facts, const PaperStyle& style, const PageCount& counted,
               PaperFindings& findings) {
  if (!facts.ink || style.block_width <= 0) return;
  double most = 0;
  int page = 0;
  for (std::size_t i = 0; i < facts.ink->pages.size() && static_cast<int>(i) < counted.pages; ++i) {
    const PdfInkPage& ink = facts.ink->pages[i];
    if (ink.right <= ink.left) continue;
    if (facts.text && i < facts.text->pages.size() && facts.text->pages[i].line_numbers) continue;
    const double out = std::max(style.left - ink.left, ink.right - style.left - style.block_width);
    if (out <= most) continue;
    most = out;
    page = static_cast<int>(i) + 1;
  }
  if (most > style.margin_warn)
    findings.add(
        "ink", Severity::note, points(most) + " beyond the text", "within the text's width", page,
        fmt::format("A figure or rule on page {} reaches {} into the margin; please make it narrower.",
                    page, points(most)));
}

}  // namespace papertray
