#include "inspect/pdf_layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/paper_style.h"
#include "core/printable.h"
#include "core/text_sketch.h"
#include "inspect/pdf_caps.h"

namespace papertray {
namespace {

// References are often set smaller than the text and may be longer: they are no body.
constexpr std::array<std::string_view, 4> references = {"references", "bibliography", "literaturecited",
                                                        "literature"};
// Before that there must be a text to speak of.
constexpr std::size_t fewest_lines_before = 10;

constexpr double steps = 20;        // sizes and distances are told apart by 1/20 pt
constexpr int reach = 2;            // and belong together within 2 steps
constexpr double same_size = 0.35;  // of the body, with another optical size
constexpr std::size_t fewest_gaps = 4;
constexpr std::size_t fewest_block_lines = 5;
constexpr std::size_t fewest_column_lines = 10;
constexpr std::size_t short_line = 25;  // letters of a page number or a running title
constexpr std::size_t long_line = 25;   // of a line that shows where the block ends

struct Page {
  std::vector<PdfLine> lines;
  std::vector<PdfLine> dropped;  // for once at the page's head, and perhaps a heading after all
  std::optional<double> gutter;
  bool numbers = false;
};

// Values by their weight, told apart by steps.
class Weights {
 public:
  void add(double value, double weight) {
    Bin& bin = bins_[std::lround(value * steps)];
    bin.weight += weight;
    bin.sum += weight * value;
  }

  // The value around which most weight lies; 0 when there is none.
  double commonest() const {
    Bin best;
    for (auto peak = bins_.begin(); peak != bins_.end(); ++peak) {
      Bin near;
      for (auto bin = bins_.lower_bound(peak->first - reach);
           bin != bins_.end() && bin->first <= peak->first + reach; ++bin) {
        near.weight += bin->second.weight;
        near.sum += bin->second.sum;
      }
      if (near.weight > best.weight) best = near;
    }
    return best.weight > 0 ? best.sum / best.weight : 0;
  }

 private:
  struct Bin {
    double weight = 0, sum = 0;
  };
  std::map<long, Bin> bins_;
};

// Of the words that `each` goes through.
template <typename Each>
BodyType body_of(const Each& each) {
  Weights sizes;
  each([&](const PdfWord& word) {
    if (!word.turned) sizes.add(word.size, static_cast<double>(word.letters));
  });
  BodyType body;
  body.size = sizes.commonest();
  std::map<int, std::size_t> fonts;
  each([&](const PdfWord& word) {
    if (!word.turned && std::abs(word.size - body.size) <= (reach + 1) / steps)
      fonts[word.font] += word.letters;
  });
  std::size_t most = 0;
  for (const auto& [font, letters] : fonts)
    if (letters > most) {
      most = letters;
      body.font = font;
    }
  return body;
}

bool is_references(const PdfLine& line) {
  return line.letters <= 40 &&
         std::ranges::find(references, plain_heading(line.text())) != references.end();
}

class Layout {
 public:
  explicit Layout(PdfWords& words) : words_(words), pages_(words.pages.size()) {
    for (std::size_t i = 0; i < pages_.size(); ++i)
      pages_[i].numbers = take_line_numbers(words.pages[i]);
  }

  PdfText measure() {
    body_ = body_of([&](const auto& take) {
      for (const auto& page : words_.pages)
        for (const PdfWord& word : page)
          take(word);
    });
    PdfText text;
    text.page_count = words_.page_count;
    for (const auto& page : words_.pages)
      for (const PdfWord& word : page)
        text.letters += static_cast<std::int64_t>(word.letters);
    if (body_.size <= 0) {
      text.pages.resize(pages_.size());
      return text;
    }
    build();
    find_end();
    const BodyType before = body_of([&](const auto& take) {
      for_measured([&](const PdfLine& line) {
        for (const PdfWord* word : line.words)
          take(*word);
      });
    });
    if (before.size > 0 && (std::abs(before.size - body_.size) > 0.05 || before.font != body_.font)) {
      body_ = before;
      build();
      find_end();
    }
    drop_heads_and_feet();
    tell(text);
    return text;
  }

 private:
  void build() {
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      pages_[i].gutter = gutter(words_.pages[i], body_);
      pages_[i].lines = lines_of(words_.pages[i], body_, pages_[i].gutter);
    }
  }

  // Where the references begin; what is before is measured.
  void find_end() {
    end_page_ = pages_.size();
    end_line_ = 0;
    std::size_t lines = 0;
    for (std::size_t i = 0; i < pages_.size(); ++i)
      for (std::size_t j = 0; j < pages_[i].lines.size(); ++j, ++lines)
        if (lines >= fewest_lines_before && is_references(pages_[i].lines[j])) {
          end_page_ = i;
          end_line_ = j;
          return;
        }
  }

  template <typename Take>
  void for_measured(const Take& take) const {
    for (std::size_t i = 0; i < pages_.size() && i <= end_page_; ++i)
      for (std::size_t j = 0; j < pages_[i].lines.size(); ++j) {
        if (i == end_page_ && j >= end_line_) return;
        take(pages_[i].lines[j]);
      }
  }

  bool is_body(const PdfLine& line) const {
    return std::abs(line.size - body_.size) <= same_size && line.letters >= 3;
  }
  bool styled(const PdfLine& line) const {
    return line.font != body_.font || line.size > body_.size + 0.4;
  }

  void drop_heads_and_feet();
  bool is_furniture(const PdfLine& line, double gap, bool repeated) const;
  bool stands_elsewhere(std::size_t page, const PdfLine& line) const;
  void tell(PdfText& text) const;
  PdfPageText tell(const Page& page) const;
  void tell_headings(PdfText& text, std::size_t page) const;
  double leading() const;
  std::string sketch() const;

  PdfWords& words_;
  std::vector<Page> pages_;
  BodyType body_;
  std::size_t end_page_ = 0, end_line_ = 0;
  // Of each page: plain texts of its first and last lines, for finding what repeats.
  std::vector<std::vector<std::pair<std::string, double>>> ends_;
};

std::string without_digits(const PdfLine& line) {
  std::string text = line.text();
  std::erase_if(text, [](char c) { return c >= '0' && c <= '9'; });
  return text;
}

bool is_page_number(const PdfLine& line) {
  if (line.letters > 12) return false;
  const std::string text = line.text();
  const std::string rest = plain_heading(text);
  return text.find_first_of("0123456789") != std::string::npos &&
         (rest.empty() || rest == "page" || rest == "pageof" || rest == "of");
}

// The two uppermost and the two lowest lines.
std::vector<std::size_t> outer_lines(const std::vector<PdfLine>& lines) {
  std::vector<std::size_t> order(lines.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    order[i] = i;
  std::ranges::sort(order, {}, [&](std::size_t i) { return lines[i].bottom; });
  if (order.size() > 4) order.erase(order.begin() + 2, order.end() - 2);
  return order;
}

bool Layout::stands_elsewhere(std::size_t page, const PdfLine& line) const {
  const std::string text = without_digits(line);
  if (text.empty()) return false;
  for (std::size_t i = page >= 2 ? page - 2 : 0; i < ends_.size() && i <= page + 2; ++i)
    if (i != page)
      for (const auto& [other, bottom] : ends_[i])
        if (other == text && std::abs(bottom - line.bottom) < 3) return true;
  return false;
}

bool Layout::is_furniture(const PdfLine& line, double gap, bool repeated) const {
  if (is_page_number(line) || repeated) return true;
  if (gap < 1.45 * body_.size * 1.1 || styled(line)) return false;
  return line.letters <= short_line || line.size < body_.size - 0.4;
}

void Layout::drop_heads_and_feet() {
  ends_.clear();
  for (const Page& page : pages_) {
    auto& ends = ends_.emplace_back();
    for (const std::size_t i : outer_lines(page.lines))
      ends.emplace_back(without_digits(page.lines[i]), page.lines[i].bottom);
  }
  for (std::size_t p = 0; p < pages_.size(); ++p) {
    std::vector<PdfLine>& lines = pages_[p].lines;
    for (const bool foot : {false, true})
      for (int round = 0; round < 2 && lines.size() > 2; ++round) {
        const auto end = foot ? std::ranges::max_element(lines, {}, &PdfLine::bottom)
                              : std::ranges::min_element(lines, {}, &PdfLine::bottom);
        double gap = 1e9;
        for (const PdfLine& line : lines) {
          const double apart = std::abs(line.bottom - end->bottom);
          if (apart > 2) gap = std::min(gap, apart);
        }
        const bool repeated = stands_elsewhere(p, *end);
        if (!is_furniture(*end, gap, repeated)) break;
        if (!foot && !repeated) pages_[p].dropped.push_back(*end);
        const auto at = static_cast<std::size_t>(end - lines.begin());
        if (p == end_page_ && at < end_line_) --end_line_;
        lines.erase(end);
      }
  }
}

double Layout::leading() const {
  Weights gaps;
  std::size_t count = 0;
  const PdfLine* before = nullptr;
  for_measured([&](const PdfLine& line) {
    const bool body = line.base > 0 && is_body(line) && line.body_letters * 2 > line.letters;
    if (body && before && before->column == line.column) {
      const double gap = line.base - before->base;
      if (gap > 0.8 * body_.size && gap < 3 * body_.size) {
        gaps.add(gap, 1);
        ++count;
      }
    }
    before = body ? &line : nullptr;
  });
  return count < fewest_gaps ? 0 : gaps.commonest();
}

std::string Layout::sketch() const {
  TextSketch sketch;
  for (const Page& page : pages_)
    for (const PdfLine& line : page.lines)
      sketch.add(line.text());
  return sketch.hex();
}

double quantile(std::vector<double>& values, double part) {
  const auto at = static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

PdfPageText Layout::tell(const Page& page) const {
  PdfPageText told;
  told.line_numbers = page.numbers;
  std::vector<double> lefts, rights;
  bool first = true, edge = true;
  for (const PdfLine& line : page.lines) {
    ++told.lines;
    told.least = edge ? line.left : std::min(told.least, line.left);
    told.most = edge ? line.right : std::max(told.most, line.right);
    edge = false;
    if (line.size >= 0.75 * body_.size && line.letters >= 3) {
      told.top = first ? line.top : std::min(told.top, line.top);
      told.bottom = first ? line.bottom : std::max(told.bottom, line.bottom);
      first = false;
    }
    if (!is_body(line)) continue;
    ++told.body_lines;
    if (line.letters < long_line) continue;
    if (line.column != 1) lefts.push_back(line.left);
    if (line.column != 0 || !page.gutter) rights.push_back(line.right);
  }
  if (lefts.size() >= fewest_block_lines && rights.size() >= fewest_block_lines) {
    told.left = quantile(lefts, 0.1);
    told.right = quantile(rights, 0.9);
  }
  if (static_cast<std::size_t>(told.body_lines) >= fewest_column_lines)
    told.columns = page.gutter ? 2 : 1;
  return told;
}

bool ends_a_sentence(const std::string& text) {
  return text.ends_with('.') || text.ends_with(',') || text.ends_with(';');
}

bool is_bold(const std::string& font) {
  const std::string plain = plain_font_name(font);
  for (const std::string_view mark : {"bold", "medi", "cmbx", "black", "heavy"})
    if (plain.find(mark) != std::string::npos) return true;
  return plain.ends_with("bd") || plain.ends_with("b");
}

// "Acknowledgments. We thank": the bold words that a line begins with.
std::string run_in(const PdfLine& line, const std::vector<std::string>& fonts, int body_font) {
  PdfLine head;
  for (const PdfWord* word : line.words) {
    const auto font = static_cast<std::size_t>(word->font);
    if (word->font < 0 || word->font == body_font || !is_bold(fonts[font])) break;
    head.words.push_back(word);
  }
  return head.words.size() > 4 || head.words.size() == line.words.size() ? "" : head.text();
}

void Layout::tell_headings(PdfText& text, std::size_t page) const {
  int above = -static_cast<int>(pages_[page].dropped.size());
  std::vector<PdfLine> lines = pages_[page].dropped;
  lines.insert(lines.end(), pages_[page].lines.begin(), pages_[page].lines.end());
  for (const PdfLine& line : lines) {
    const int lines_above = std::max(0, above++);
    if (text.headings.size() >= pdf_caps::headings) return;
    PdfHeading heading;
    heading.page = static_cast<int>(page) + 1;
    heading.lines_above = lines_above;
    if (line.letters <= 60 && line.words.size() <= 9) {
      heading.text = line.text();
      heading.styled = styled(line);
      const char c = heading.text.empty() ? ' ' : heading.text.front();
      const bool could_be = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!heading.styled && (!could_be || ends_a_sentence(heading.text))) continue;
    } else {
      heading.text = run_in(line, words_.fonts, body_.font);
      heading.styled = true;
    }
    if (plain_heading(heading.text).size() < 3) continue;
    heading.text = one_line(heading.text.substr(0, pdf_caps::heading_bytes));
    text.headings.push_back(std::move(heading));
  }
}

void Layout::tell(PdfText& text) const {
  for_measured(
      [&](const PdfLine& line) { text.body_letters += static_cast<std::int64_t>(line.body_letters); });
  text.body_size = body_.size;
  if (body_.font >= 0) {
    text.body_font = words_.fonts[static_cast<std::size_t>(body_.font)];
    text.body_type3 = words_.type3[static_cast<std::size_t>(body_.font)];
  }
  text.leading = leading();
  text.sketch = sketch();
  for (std::size_t i = 0; i < pages_.size(); ++i) {
    text.pages.push_back(tell(pages_[i]));
    tell_headings(text, i);
  }
}

}  // namespace

PdfText lay_out(PdfWords& words) {
  return Layout(words).measure();
}

}  // namespace papertray
