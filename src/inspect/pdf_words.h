// The words of a PDF as they stand on its pages, and the lines that they make.
//
// Points from the MediaBox's top left corner, y downwards, as core/pdf_facts.h has it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace papertray {

struct PdfWord {
  double left = 0, top = 0, right = 0, bottom = 0;
  double size = 0;
  int font = -1;            // index of PdfWords::fonts
  bool turned = false;      // does not run from left to right as the page is shown
  std::size_t letters = 0;  // characters, not bytes
  std::string text;         // valid UTF-8
};

struct PdfWords {
  int page_count = 0;           // of the whole document
  std::vector<double> heights;  // of the pages below
  std::vector<std::vector<PdfWord>> pages;
  std::vector<std::string> fonts;  // names without the subset's prefix
  std::vector<bool> type3;         // the same length
};

struct PdfLine {
  int column = 0;  // 0, 1; 2: across both
  double left = 0, top = 0, right = 0, bottom = 0;
  double base = 0;  // where its body words end below; 0 when it has none
  double size = 0;  // of most of its letters
  int font = -1;    // of most of its letters
  std::size_t letters = 0, body_letters = 0;
  std::vector<const PdfWord*> words;  // from left to right

  std::string text() const;
};

// What the body's letters look like: what lines are recognised by.
struct BodyType {
  double size = 0;
  int font = -1;
};

// Line numbers as review copies print them in the margin: digits outside the text, counting downwards.
// Takes them out of the words; whether there were any.
bool take_line_numbers(std::vector<PdfWord>& words);

// The x between two columns, where the page has two.
std::optional<double> gutter(const std::vector<PdfWord>& words, const BodyType& body);

// Sorted by column, then downwards. The words must outlive them.
std::vector<PdfLine> lines_of(const std::vector<PdfWord>& words, const BodyType& body,
                              std::optional<double> gutter);

}  // namespace papertray
