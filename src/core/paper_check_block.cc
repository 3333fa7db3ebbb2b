// The text's type and the block in which it stands.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/paper_check_parts.h"
#include "core/printable.h"

namespace papertray {
namespace {

// Fewer letters than this are a cover sheet or pages of pictures; their type tells nothing.
constexpr std::int64_t fewest_letters = 200;

bool is_family(const std::string& font, const PaperStyle& style) {
  const std::string plain = plain_font_name(font);
  return std::ranges::any_of(style.family_fonts, [&](const std::string& part) {
    return plain.find(part) != std::string::npos;
  });
}

// "9.96 pt (LaTeX's 10pt)": authors know the one or the other.
std::string type_size(double size) {
  constexpr double tex_points = 72.27 / 72;       // TeXbook chapter 10: 72.27 of its points are an inch
  constexpr double eleven = 10.95, close = 0.02;  // what LaTeX's classes call 11pt is no whole number
  const double tex = size * tex_points, half = std::round(tex * 2) / 2;
  const bool is_eleven = std::abs(tex - eleven) < close;
  const bool is_round = std::abs(size - std::round(size * 2) / 2) < 0.01;
  if (is_round || (!is_eleven && std::abs(tex - half) > close)) return points(size);
  return fmt::format("{} (LaTeX's {:g}pt)", points(size), half);
}

// "396 pt (5.50 in)".
std::string length(double value) {
  return fmt::format("{} ({:.2f} in)", points(value), value / 72);
}

// What a page is worst in, and which page.
struct Worst {
  double value = 0;
  int page = 0;
  void take(double candidate, int number) {
    if (candidate <= value) return;
    value = candidate;
    page = number;
  }
};

void check_columns(const std::vector<PdfPageText>& pages, const PaperStyle& style,
                   PaperFindings& findings) {
  int other = 0, all = 0, first = 0;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (pages[i].columns == 0) continue;
    ++all;
    if (pages[i].columns == style.columns) continue;
    ++other;
    if (first == 0) first = static_cast<int>(i) + 1;
  }
  if (other == 0 || other * 2 < all) return;
  const auto words = [](int columns) { return columns == 1 ? "one column" : "two columns"; };
  const int found = style.columns == 1 ? 2 : 1;
  findings.add("columns", Severity::error, words(found), words(style.columns), first,
               fmt::format("The text is set in {}; please use the {} style, which has {}.", words(found),
                           style.name, words(style.columns)));
}

void check_height(const std::vector<PdfPageText>& pages, const PaperStyle& style, double leading,
                  PaperFindings& findings) {
  Worst over;
  bool below = false;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (pages[i].body_lines < 5) continue;
    const double more = i == 0 ? style.first_page_more : 0;
    const double above = style.top - pages[i].top;
    const double under = pages[i].bottom - (style.top + style.block_height + more);
    over.take(std::max(above, under), static_cast<int>(i) + 1);
    if (over.page == static_cast<int>(i) + 1) below = under >= above;
  }
  if (over.value <= style.height_tolerance) return;
  const double error = leading > 0 ? std::min(style.height_error, style.height_error_lines * leading)
                                   : style.height_error;
  findings.add(
      "height", over.value >= error ? Severity::error : Severity::warn,
      fmt::format("{} {}", points(over.value), below ? "too low" : "too high"),
      fmt::format("{} from {}", points(style.block_height), points(style.top)), over.page,
      fmt::format("The text of page {} reaches {} further {} than the {} style has it; please use the "
                  "style's margins.",
                  over.page, points(over.value), below ? "down" : "up", style.name));
}

struct Sideways {
  Worst width, edge, overhang;
  double left = 0;
};

Sideways sideways(const std::vector<PdfPageText>& pages, const PaperStyle& style) {
  Sideways worst;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const PdfPageText& page = pages[i];
    if (page.right <= page.left) continue;
    const int number = static_cast<int>(i) + 1;
    const double width = page.right - page.left;
    const double off = page.left - style.left;
    worst.width.take(width, number);
    if (std::abs(off) > worst.edge.value) worst.left = page.left;
    worst.edge.take(std::abs(off), number);
    // Beyond where the style has the text and where most of it is: what sticks out of a block at another
    // place is told once, by its edge or width.
    const double left = std::min(page.left, style.left);
    const double right = std::max(page.right, style.left + style.block_width);
    worst.overhang.take(std::max(left - page.least, page.most - right), number);
  }
  return worst;
}

}  // namespace

void check_type(const PdfFacts& facts, const PaperStyle& style, PaperFindings& findings) {
  if (!facts.text) return;
  const PdfText& text = *facts.text;
  if (text.letters == 0) {
    findings.add(
        "body-size", Severity::warn, "no text", points(style.size), 0,
        "We found no text in it, only pictures of pages; please export it so that its text can be "
        "searched.");
    return;
  }
  if (text.body_letters < fewest_letters) return;
  if (text.body_type3) {
    findings.add(
        "body-size", Severity::note, "not measurable", points(style.size), 0,
        "Its letters are bitmaps (Type 3 fonts), so their size is not measurable; please use outline "
        "fonts, in LaTeX \\usepackage{times} or cm-super.");
    return;
  }
  const std::string size = points(text.body_size);
  if (text.body_size < style.size_error_below)
    findings.add("body-size", Severity::error, size, points(style.size), 0,
                 fmt::format("The text is set in {}; please set it in {}, as the {} style does.",
                             type_size(text.body_size), type_size(style.size), style.name));
  else if (style.size_warn_above > 0 && text.body_size > style.size_warn_above)
    findings.add(
        "body-size", Severity::warn, size, points(style.size), 0,
        fmt::format(
            "The text is set in {}, larger than the {} style's {}; please use the style as it is.",
            type_size(text.body_size), style.name, type_size(style.size)));
  if (text.leading > 0 && text.leading < style.leading_warn_below)
    findings.add(
        "leading", text.leading < style.leading_error_below ? Severity::error : Severity::warn,
        points(text.leading), points(style.leading), 0,
        fmt::format("The lines stand {} apart, closer than the style's {}; please use its line spacing.",
                    points(text.leading), points(style.leading)));
  if (!style.family_fonts.empty() && !is_family(text.body_font, style))
    findings.add("family", Severity::warn, one_line(text.body_font), style.family, 0,
                 fmt::format("The text is set in {}; the {} style has {}, please use that.",
                             one_line(text.body_font), style.name, style.family));
}

void check_block(const PdfFacts& facts, const PaperStyle& style, const PageCount& counted,
                 PaperFindings& findings) {
  if (!facts.text || style.block_width <= 0) return;
  std::vector<PdfPageText> pages = facts.text->pages;
  if (pages.size() > static_cast<std::size_t>(std::max(counted.pages, 1)))
    pages.resize(static_cast<std::size_t>(std::max(counted.pages, 1)));
  check_columns(pages, style, findings);
  // The boxes of Type 3 letters are as wrong as their size.
  const bool boxes = !facts.text->body_type3;
  if (boxes) check_height(pages, style, facts.text->leading, findings);

  const Sideways worst = sideways(pages, style);
  if (worst.width.value > style.block_width + style.width_tolerance)
    findings.add(
        "block-width", Severity::error, points(worst.width.value), points(style.block_width),
        worst.width.page,
        fmt::format("The text of page {} is {} wide; the {} style has {}, please use its margins.",
                    worst.width.page, length(worst.width.value), style.name, length(style.block_width)));
  if (worst.edge.value > style.left_tolerance)
    findings.add("left-edge", Severity::warn, points(worst.left), points(style.left), worst.edge.page,
                 fmt::format("The text of page {} begins {} from the left edge; the {} style has {}, "
                             "please use its margins.",
                             worst.edge.page, length(worst.left), style.name, length(style.left)));
  if (boxes && worst.overhang.value > style.margin_note)
    findings.add("margin", worst.overhang.value > style.margin_warn ? Severity::warn : Severity::note,
                 points(worst.overhang.value) + " beyond the margin", "within the margins",
                 worst.overhang.page,
                 fmt::format("A line on page {} sticks out {} into the margin; please break it.",
                             worst.overhang.page, points(worst.overhang.value)));
}

}  // namespace papertray
