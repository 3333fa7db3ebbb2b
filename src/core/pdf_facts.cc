#include "core/pdf_facts.h"

#include <algorithm>

namespace papertray {

std::string_view pdf_stage_name(PdfStage stage) {
  switch (stage) {
    case PdfStage::open:
      return "open";
    case PdfStage::structure:
      return "structure";
    case PdfStage::text:
      return "text";
    case PdfStage::title:
      return "title";
    case PdfStage::ink:
      return "ink";
  }
  return "open";
}

std::string_view pdf_end_name(PdfEnd end) {
  switch (end) {
    case PdfEnd::unreadable:
      return "unreadable";
    case PdfEnd::memory:
      return "memory";
    case PdfEnd::time:
      return "time";
    case PdfEnd::crash:
      return "crash";
    case PdfEnd::bomb:
      return "bomb";
    case PdfEnd::locked:
      return "locked";
    case PdfEnd::garbage:
      return "garbage";
  }
  return "unreadable";
}

const PdfFailure* PdfFacts::failure(PdfStage stage) const {
  const auto found = std::ranges::find(failures, stage, &PdfFailure::stage);
  return found == failures.end() ? nullptr : &*found;
}

int PdfFacts::page_count() const {
  if (text && text->page_count > 0) return text->page_count;
  return structure ? structure->page_count : 0;
}

}  // namespace papertray
