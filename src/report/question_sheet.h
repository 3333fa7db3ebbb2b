// The questions of a panel on paper, for who moderates it: numbered, near-duplicates under one number.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/look.h"
#include "report/reader.h"

namespace papertray {

struct QuestionSheet {
  std::string workshop;
  std::optional<int> panel;  // nullopt: all of them
  bool askers = false;       // names are told; addresses never are
  std::vector<QuestionRow> rows;
};

// Plain text that prints as it stands, at most look.width columns.
std::string question_sheet_text(const QuestionSheet& sheet, const Look& look);

// A page of its own, without scripts or anything from elsewhere, made to be printed.
std::string question_sheet_html(const QuestionSheet& sheet, const Look& look);

}  // namespace papertray
