// The words of a PDF and what it says of itself, by poppler.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/pdf_facts.h"
#include "inspect/pdf_words.h"

namespace poppler {
class document;
class page;
}  // namespace poppler

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
  int page_count() const;
  // At their places in the MediaBox; `structure` tells UserUnit and Type 3 fonts, where it is known.
  PdfWords words(const PdfStructure* structure) const;
  void metadata(PdfTitle& title) const;
  PageFrame frame(const poppler::page& page, const PdfStructure* structure, int number) const;
  poppler::document& document() const { return *document_; }

 private:
  std::unique_ptr<poppler::document> document_;
};

}  // namespace papertray
