// A finished stage as the JSON line that inspect/pdf_answer.h reads. Values stand in lists by place:
// both ends are one program's.
#pragma once

#include <string>

#include "core/pdf_facts.h"
#include "inspect/layers.h"

namespace papertray {

std::string ready_line(const Layers& layers);
std::string stage_line(const PdfOpen& open);
std::string stage_line(const PdfStructure& structure);
std::string stage_line(const PdfText& text);
std::string stage_line(const PdfTitle& title);
std::string stage_line(const PdfInk& ink);
std::string failed_line(const PdfFailure& failure);
// Its pixels follow the line.
std::string picture_line(const PdfPicture& picture);
std::string end_line();

}  // namespace papertray
