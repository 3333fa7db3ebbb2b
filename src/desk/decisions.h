// A list of decisions out of a spreadsheet: id,decision[,note], with or without a first line that names
// the columns. The whole list is checked; it counts only when there is no mistake in it.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "desk/csv_reader.h"
#include "desk/judge.h"

namespace papertray {

struct DecisionRow {
  std::size_t line = 1;
  Act act;             // accept or reject; the id as the database has it
  ActVerdict verdict;  // act or already
};

struct DecisionList {
  std::vector<DecisionRow> rows;
  std::vector<CsvMistake> mistakes;  // by line
};

// `standing` finds a submission by its label, nullopt: there is none.
DecisionList read_decisions(
    std::string_view text,
    const std::function<std::optional<Standing>(const std::string& id)>& standing);

}  // namespace papertray
