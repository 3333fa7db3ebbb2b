// What a file is, by its bytes alone.
#pragma once

#include <string_view>

#include "core/pdf_facts.h"

namespace papertray {

struct KindRead {
  PdfOpen open;
  std::string_view pdf;  // the PDF within the bytes; empty when there is none
};

KindRead read_kind(std::string_view bytes);

}  // namespace papertray
