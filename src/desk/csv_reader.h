// Rows of a CSV file as spreadsheets write them (RFC 4180): a byte order mark, CR LF or LF, quoted
// fields that may hold commas, doubled quotes and line ends; blanks around a field are no part of it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace papertray {

struct CsvRow {
  std::size_t line = 1;  // where it begins
  std::vector<std::string> fields;
};

struct CsvMistake {
  std::size_t line = 1;
  std::string text;  // one sentence
};

struct CsvFile {
  std::vector<CsvRow> rows;  // blank lines are left out
  std::vector<CsvMistake> mistakes;
};

// More is no list of decisions; each row costs memory.
inline constexpr std::size_t most_csv_rows = 100'000;

// `separator`: a comma, or what the sheet uses instead (Excel in half of Europe: a semicolon).
CsvFile read_csv(std::string_view text, char separator = ',');

}  // namespace papertray
