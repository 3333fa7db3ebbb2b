#include "report/final_comparison.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/text_sketch.h"
#include "core/title.h"

namespace papertray {
namespace {

std::string pages(int number) {
  return number == 0 ? "uncounted pages" : fmt::format("{} page{}", number, number == 1 ? "" : "s");
}

}  // namespace

std::optional<FinalComparison> compared_with_accepted(const ShownSubmission& shown,
                                                      const VersionRow& row) {
  if (!row.final_copy) return std::nullopt;
  const auto accepted = std::ranges::find_if(shown.versions, [](const auto& one) { return one.counts; });
  if (accepted == shown.versions.end()) return std::nullopt;
  FinalComparison comparison;
  comparison.accepted = accepted->version;
  comparison.same_file = accepted->sha256 == row.sha256;
  if (comparison.same_file) return comparison;
  if (!accepted->check || !row.check) return std::nullopt;
  const CheckedPaper& was = accepted->check->paper;
  const CheckedPaper& is = row.check->paper;
  comparison.title_was = was.title;
  comparison.title_is = is.title;
  comparison.pages_was = was.verdict.pages;
  comparison.pages_is = is.verdict.pages;
  if (!was.sketch.empty() && !is.sketch.empty())
    comparison.percent_alike = static_cast<int>(std::lround(100 * similarity(was.sketch, is.sketch)));
  return comparison;
}

std::string comparison_text(const FinalComparison& comparison) {
  std::string text = fmt::format("version {}: ", comparison.accepted);
  if (comparison.same_file) return text + "the same file";
  const bool titled = !comparison.title_was.empty() && !comparison.title_is.empty();
  if (titled && comparable_title(comparison.title_was) == comparable_title(comparison.title_is))
    text += "same title";
  else if (titled)
    text += fmt::format("title was \"{}\", is \"{}\"", comparison.title_was, comparison.title_is);
  else
    text += "title not known";
  text +=
      comparison.pages_was == comparison.pages_is
          ? ", " + pages(comparison.pages_is)
          : fmt::format(", {} instead of {}", pages(comparison.pages_is), pages(comparison.pages_was));
  return text + (comparison.percent_alike ? fmt::format(", text {} % alike", *comparison.percent_alike)
                                          : ", text not known");
}

}  // namespace papertray
