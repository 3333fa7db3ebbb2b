#include "core/receipt_check.h"

#include <cmath>

#include <fmt/format.h>

#include "core/printable.h"

namespace papertray {
namespace {

constexpr std::size_t longest_heading = 60;    // columns
constexpr std::size_t longest_sentence = 400;  // ours, with a font's name or a number of theirs in it
constexpr std::size_t most_told = 12;          // a paper in another format has eight

std::string size_words(const CheckedPaper& paper, const PaperStyle& style) {
  struct Known {
    double width, height;
    std::string name;
  };
  const Known known[] = {
      {style.width, style.height, style.paper}, {612, 792, "US Letter"}, {595.276, 841.89, "A4"}};
  for (const Known& one : known)
    if (std::abs(paper.width - one.width) <= style.size_tolerance &&
        std::abs(paper.height - one.height) <= style.size_tolerance)
      return one.name;
  return fmt::format("{:.0f} x {:.0f} pt", paper.width, paper.height);
}

}  // namespace

std::string found_words(const CheckedPaper& paper, const PaperStyle& style) {
  const PaperVerdict& verdict = paper.verdict;
  if (verdict.pages == 0) return "";
  std::string words = fmt::format("{}", verdict.pages);
  if (!verdict.stopped_at.empty() && verdict.counted_pages < verdict.pages)
    words += fmt::format(", of which {} count{} (up to \"{}\")", verdict.counted_pages,
                         verdict.counted_pages == 1 ? "s" : "",
                         cut_to(one_line(verdict.stopped_at), longest_heading));
  if (paper.width > 0) words += "; " + size_words(paper, style);
  return words;
}

std::string findings_words(const CheckedPaper& paper) {
  std::string words;
  std::size_t told = 0, left_out = 0;
  for (const Severity severity : {Severity::error, Severity::warn})
    for (const Finding& finding : paper.verdict.findings) {
      if (finding.severity != severity || !is_for_author(finding)) continue;
      if (++told > most_told) {
        ++left_out;
        continue;
      }
      words += (words.empty() ? "- " : "\n- ") + cut_to(one_line(finding.text), longest_sentence);
    }
  if (left_out > 0) words += fmt::format("\n- and {} more", left_out);
  return words;
}

}  // namespace papertray
