#include <algorithm>
#include <cmath>

#include "core/paper_style.h"
#include "inspect/mend_text.h"
#include "inspect/pdf_caps.h"
#include "inspect/pdf_layout.h"

namespace papertray {
namespace {

constexpr double upper_part = 0.6;          // of the page: a large letter further down is a figure's
constexpr double larger = 0.9;              // than the body: else it is no title
constexpr double same_title = 0.93;         // of the largest: the title's further lines
constexpr double note_mark = 0.7;           // of the title: a footnote's sign
constexpr double line_distance = 2.2;       // of the size
constexpr std::size_t longest_title = 300;  // letters; more is a page set in large type
constexpr std::size_t most_author_lines = 60;

std::size_t alphabetic(const std::string& text) {
  return plain_heading("- " + text).size();
}

// Without footnote signs.
PdfLine title_words(const PdfLine& line, double size) {
  PdfLine kept = line;
  std::erase_if(kept.words, [&](const PdfWord* word) { return word->size < note_mark * size; });
  return kept;
}

bool is_abstract(const PdfLine& line) {
  const std::string plain = plain_heading(line.text());
  return plain.starts_with("abstract") || plain == "introduction" || plain == "keywords" ||
         plain == "summary";
}

}  // namespace

PdfTitle find_title(const PdfWords& words, double body_size) {
  PdfTitle found;
  if (words.pages.empty() || body_size <= 0) return found;
  const std::vector<PdfWord>& page = words.pages.front();
  const BodyType body{body_size, -1};
  double deepest = words.heights.front() * upper_part;
  // In columns: beside the abstract stands other text.
  const std::vector<PdfLine> columns = lines_of(page, body, gutter(page, body));
  const auto abstract = std::ranges::find_if(columns, is_abstract);
  if (abstract != columns.end()) deepest = std::min(deepest, abstract->bottom - 1);

  // Across columns, as titles go, and without the text that may stand beside it.
  std::vector<PdfWord> large = page;
  std::erase_if(large, [&](const PdfWord& word) { return word.size < body_size + larger; });
  const std::vector<PdfLine> lines = lines_of(large, body, std::nullopt);
  double largest = 0;
  for (const PdfLine& line : lines)
    if (line.bottom < deepest && alphabetic(line.text()) >= 4) largest = std::max(largest, line.size);
  if (largest < body_size + larger) return found;
  std::vector<std::string> pieces;
  double title_bottom = 0;
  for (const PdfLine& line : lines) {
    if (line.size < same_title * largest || line.bottom > deepest || alphabetic(line.text()) == 0)
      continue;
    if (!pieces.empty() && line.bottom - title_bottom > line_distance * largest) break;
    pieces.push_back(title_words(line, largest).text());
    title_bottom = line.bottom;
  }
  found.title = joined_lines(pieces);
  if (alphabetic(found.title) > longest_title) {
    found.title.clear();
    return found;
  }
  std::size_t count = 0;
  for (const PdfLine& line : lines_of(page, body, std::nullopt))
    if (line.bottom > title_bottom + 1 && line.bottom < deepest && ++count <= most_author_lines)
      found.authors += mended(line.text()) + "\n";
  found.title = cut_bytes(found.title, pdf_caps::title_bytes);
  found.authors = cut_bytes(found.authors, pdf_caps::authors_bytes);
  return found;
}

}  // namespace papertray
