// The words of a PDF and what it says of itself, by poppler.
//
// By its own classes (libpoppler-private-dev), not by its C++ interface: that one makes an iconv
// converter for each word and opens the fonts of each page again, which took three quarters of the time
// that a paper needs.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/pdf_facts.h"
#include "inspect/pdf_words.h"

class PDFDoc;

namespace papertray {

// poppler tells places in the CropBox, before UserUnit; we tell them in the MediaBox, after it.
struct PageFrame {
  double left = 0, top = 0;  // added, before the unit
  double unit = 1;
  double height = 0;  // of the page, points
};

class PopplerPaper {
 public:
  // The bytes must outlive it. Throws std::runtime_error when poppler cannot open it.
  explicit PopplerPaper(std::string_view pdf);
  ~PopplerPaper();

  bool locked() const;
  // At their places in the MediaBox; `structure` tells UserUnit and Type 3 fonts, where it is known.
  PdfWords words(const PdfStructure* structure) const;
  void metadata(PdfTitle& title) const;
  // Of page `number`, from 0.
  PageFrame frame(int number, const PdfStructure* structure) const;
  std::string_view bytes() const { return pdf_; }

 private:
  std::string_view pdf_;
  std::unique_ptr<PDFDoc> document_;
};

}  // namespace papertray
