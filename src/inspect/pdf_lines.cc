#include <algorithm>
#include <cmath>
#include <map>

#include "inspect/pdf_words.h"

namespace papertray {
namespace {

// A word's box ends below at its font's descent: 0.2 of the size for most, 0 to 0.4 for mathematics.
constexpr double usual_descent = 0.2;
// Words of a line may differ by so much of the body's size; two lines differ by at least 0.9.
constexpr double same_line = 0.35;
// What is smaller may be an index or exponent.
constexpr double small_word = 0.8;
constexpr double index_reach = 0.55;

constexpr std::size_t fewest_line_numbers = 5;
constexpr std::size_t longest_line_number = 4;
constexpr double beside_the_text = 3;

constexpr double narrowest_gutter = 7;    // acl has 17, icml 18, banal takes 8
constexpr double gutter_coverage = 0.12;  // titles and figures across both columns
constexpr double least_side = 0.25;       // of the letters
constexpr std::size_t fewest_rows = 12;   // a table of two columns has fewer

double base_of(const PdfWord& word) {
  return word.bottom - usual_descent * word.size;
}

bool all_digits(const std::string& text) {
  return !text.empty() && text.size() <= longest_line_number &&
         text.find_first_not_of("0123456789") == std::string::npos;
}

// The value that so much of the list is below.
double quantile(std::vector<double> values, double part) {
  const auto at = static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

bool counts_downwards(std::vector<const PdfWord*>& numbers) {
  if (numbers.size() < fewest_line_numbers) return false;
  std::ranges::sort(numbers, {}, &PdfWord::top);
  std::size_t rising = 0;
  for (std::size_t i = 1; i < numbers.size(); ++i)
    if (std::stoi(numbers[i]->text) > std::stoi(numbers[i - 1]->text)) ++rising;
  return rising * 5 >= (numbers.size() - 1) * 4;
}

struct Cluster {
  double first = 0;
  std::vector<const PdfWord*> words;
  double left = 0, right = 0;

  void add(const PdfWord& word) {
    if (words.empty()) {
      first = base_of(word);
      left = word.left;
      right = word.right;
    }
    left = std::min(left, word.left);
    right = std::max(right, word.right);
    words.push_back(&word);
  }
};

// Words that differ little in height, in order of it.
std::vector<Cluster> clusters(std::vector<const PdfWord*> words, double reach) {
  std::ranges::sort(words, {}, [](const PdfWord* word) { return base_of(*word); });
  std::vector<Cluster> found;
  for (const PdfWord* word : words) {
    if (found.empty() || base_of(*word) - found.back().first > reach) found.emplace_back();
    found.back().add(*word);
  }
  return found;
}

// The line that an index stands at, if any.
Cluster* owner(std::vector<Cluster>& lines, const PdfWord& word, double body) {
  const double base = base_of(word);
  Cluster* best = nullptr;
  double least = index_reach * body;
  auto line = std::ranges::lower_bound(lines, base - least, {}, &Cluster::first);
  for (; line != lines.end() && line->first <= base + least; ++line) {
    const double aside = std::max({line->left - word.right, word.left - line->right, 0.0});
    if (aside > 1.5 * body || std::abs(line->first - base) >= least) continue;
    least = std::abs(line->first - base);
    best = &*line;
  }
  return best;
}

PdfLine line_of(Cluster& cluster, const BodyType& body, int column) {
  PdfLine line;
  line.column = column;
  std::ranges::sort(cluster.words, {}, &PdfWord::left);
  line.words = std::move(cluster.words);
  line.left = cluster.left;
  line.right = cluster.right;
  line.top = line.words.front()->top;
  line.bottom = line.words.front()->bottom;
  std::map<std::pair<int, double>, std::size_t> looks;
  for (const PdfWord* word : line.words) {
    line.letters += word->letters;
    looks[{word->font, std::round(word->size * 20) / 20}] += word->letters;
    if (std::abs(word->size - body.size) > 0.2) continue;
    line.body_letters += word->letters;
    if (word->font == body.font) line.base = std::max(line.base, word->bottom);
  }
  const auto most = std::ranges::max_element(looks, {}, [](const auto& look) { return look.second; });
  line.font = most->first.first;
  line.size = most->first.second;
  // A large bracket or an accent has a box of its own: the line is as high as its letters.
  for (const PdfWord* word : line.words) {
    if (word->size > line.size * 1.2) continue;
    line.top = std::min(line.top, word->top);
    line.bottom = std::max(line.bottom, word->bottom);
  }
  return line;
}

int column_of(const PdfWord& word, std::optional<double> gutter) {
  if (!gutter || word.right <= *gutter) return 0;
  return word.left >= *gutter ? 1 : 2;
}

}  // namespace

std::string PdfLine::text() const {
  std::string all;
  const PdfWord* before = nullptr;
  for (const PdfWord* word : words) {
    if (before && word->left - before->right > 0.15 * std::min(word->size, before->size)) all += ' ';
    all += word->text;
    before = word;
  }
  return all;
}

bool take_line_numbers(std::vector<PdfWord>& words) {
  std::vector<double> lefts, rights;
  for (const PdfWord& word : words) {
    if (word.turned || all_digits(word.text)) continue;
    lefts.push_back(word.left);
    rights.push_back(word.right);
  }
  if (lefts.empty()) return false;
  const double left = quantile(std::move(lefts), 0.05) - beside_the_text;
  const double right = quantile(std::move(rights), 0.95) + beside_the_text;
  const auto before = [&](const PdfWord& word) { return word.right < left && all_digits(word.text); };
  const auto behind = [&](const PdfWord& word) { return word.left > right && all_digits(word.text); };
  std::vector<const PdfWord*> on_left, on_right;
  for (const PdfWord& word : words) {
    if (word.turned) continue;
    if (before(word)) on_left.push_back(&word);
    if (behind(word)) on_right.push_back(&word);
  }
  const bool numbers_left = counts_downwards(on_left);
  const bool numbers_right = counts_downwards(on_right);
  std::erase_if(words, [&](const PdfWord& word) {
    return !word.turned && ((numbers_left && before(word)) || (numbers_right && behind(word)));
  });
  return numbers_left || numbers_right;
}

std::optional<double> gutter(const std::vector<PdfWord>& words, const BodyType& body) {
  double left = 1e9, right = 0;
  std::vector<const PdfWord*> text;
  for (const PdfWord& word : words) {
    if (word.turned || std::abs(word.size - body.size) > 0.35) continue;
    text.push_back(&word);
    left = std::min(left, word.left);
    right = std::max(right, word.right);
  }
  // A page of people is 200 in wide at most (ISO 32000-1 annex C).
  if (text.size() < fewest_rows * 4 || right - left < 100 || right - left > 14'400) return std::nullopt;
  const auto bins = static_cast<std::size_t>(right - left) + 1;
  std::vector<std::size_t> cover(bins);
  for (const PdfWord* word : text) {
    const auto from = static_cast<std::size_t>(word->left - left);
    const auto to = std::min(bins - 1, static_cast<std::size_t>(std::max(0.0, word->right - left)));
    for (std::size_t x = from; x <= to; ++x)
      ++cover[x];
  }
  std::vector<std::size_t> sorted = cover;
  std::ranges::sort(sorted);
  const double most = gutter_coverage * static_cast<double>(sorted[bins / 2]);
  std::size_t best = 0, best_end = 0, run = 0;
  for (std::size_t x = bins / 4; x <= bins * 3 / 4; ++x) {
    run = static_cast<double>(cover[x]) <= most ? run + 1 : 0;
    if (run > best) {
      best = run;
      best_end = x;
    }
  }
  if (static_cast<double>(best) < narrowest_gutter) return std::nullopt;
  const double middle = left + static_cast<double>(best_end) - static_cast<double>(best) / 2 + 1;

  std::size_t letters = 0, on_left = 0, on_right = 0;
  std::vector<const PdfWord*> sides[2];
  for (const PdfWord* word : text) {
    letters += word->letters;
    const int column = column_of(*word, middle);
    if (column == 2) continue;
    (column == 0 ? on_left : on_right) += word->letters;
    sides[column].push_back(word);
  }
  const double least = least_side * static_cast<double>(letters);
  if (static_cast<double>(std::min(on_left, on_right)) < least) return std::nullopt;
  for (const auto& side : sides)
    if (clusters(side, same_line * body.size).size() < fewest_rows) return std::nullopt;
  return middle;
}

std::vector<PdfLine> lines_of(const std::vector<PdfWord>& words, const BodyType& body,
                              std::optional<double> gutter) {
  std::vector<PdfLine> lines;
  for (int column = 0; column < 3; ++column) {
    std::vector<const PdfWord*> large, small;
    for (const PdfWord& word : words)
      if (!word.turned && word.letters > 0 && column_of(word, gutter) == column)
        (word.size >= small_word * body.size ? large : small).push_back(&word);
    std::vector<Cluster> found = clusters(std::move(large), same_line * body.size);
    std::vector<const PdfWord*> alone;
    for (const PdfWord* word : small) {
      if (Cluster* line = owner(found, *word, body.size))
        line->add(*word);
      else
        alone.push_back(word);
    }
    for (Cluster& cluster : found)
      lines.push_back(line_of(cluster, body, column));
    for (Cluster& cluster : clusters(std::move(alone), same_line * small_word * body.size / 2))
      lines.push_back(line_of(cluster, body, column));
  }
  std::ranges::stable_sort(lines, {}, [](const PdfLine& line) {
    // Across both: mostly the title, above all.
    return std::pair(line.column == 2 ? -1 : line.column, line.bottom);
  });
  return lines;
}

}  // namespace papertray
