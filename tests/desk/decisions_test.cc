// Lists of decisions as spreadsheets and people write them.
#include "desk/decisions.h"

#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace papertray;

namespace {

// P-1 to P-4: submitted, accepted, withdrawn, submitted.
std::optional<Standing> known(const std::string& id) {
  using enum SubmissionState;
  static const std::map<std::string, SubmissionState> all = {
      {"P-1", submitted}, {"P-2", accepted}, {"P-3", withdrawn}, {"P-4", submitted}};
  std::string label = id;
  if (!label.empty() && label[0] == 'p') label[0] = 'P';
  const auto found = all.find(label);
  if (found == all.end()) return std::nullopt;
  return Standing{.id = found->first, .track = "papers", .state = found->second};
}

std::string told(const std::string& text) {
  const DecisionList list = read_decisions(text, known);
  std::string out;
  for (const CsvMistake& mistake : list.mistakes)
    out += fmt::format("{}! ", mistake.line);
  if (!list.mistakes.empty()) return out;
  for (const DecisionRow& row : list.rows)
    out += fmt::format("{}:{} {}{}{} ", row.line, act_name(row.act.kind), row.act.id,
                       row.act.note.empty() ? "" : "(" + row.act.note + ")",
                       row.verdict.step == Step::already ? "=" : "");
  return out;
}

}  // namespace

TEST_CASE("read, or refused by line") {
  struct Row {
    std::string text, told;
  };
  const Row rows[] = {
      {"P-1,accept\n", "1:accept P-1 "},
      {"P-1,accept", "1:accept P-1 "},
      {"id,decision\nP-1,accept\nP-4,reject\n", "2:accept P-1 3:reject P-4 "},
      {"ID,Decision,Note\r\nP-1,Accepted,good\r\n", "2:accept P-1(good) "},
      {"title,decision,id\nSparse,reject,P-1\n", "2:reject P-1 "},
      {"\xEF\xBB\xBFid,decision\r\nP-1,accept\r\n", "2:accept P-1 "},
      {"\xEF\xBB\xBF"
       "P-1,accept",
       "1:accept P-1 "},
      {"id;decision;note\nP-1;accept;a, b\n", "2:accept P-1(a, b) "},
      {"  P-1 \t, accept  \n\n , ,\n\nP-4,reject\n", "1:accept P-1 5:reject P-4 "},
      {"P-1,accept\rP-4,reject\r", "1:accept P-1 2:reject P-4 "},
      {"\"P-1\",\"accept\",\"a \"\"b\"\", c\"\n", "1:accept P-1(a \"b\", c) "},
      {"P-1,accept,\"two\nlines\"\nP-4,no\n", "1:accept P-1(two\nlines) 3:reject P-4 "},
      {"p-1,YES\n", "1:accept P-1 "},
      {"P-2,accept\n", "1:accept P-2= "},
      {"P-2,reject\n", "1:reject P-2 "},
      // Refused.
      {"", "1! "},
      {"\n\r\n", "1! "},
      {"id,decision\n", "1! "},
      {"id,verdict\nP-1,accept\n", "1! "},
      {"P-9,accept\n", "1! "},
      {"P-1,maybe\n", "1! "},
      {"P-9,maybe\n", "1! 1! "},
      {"P-1\n", "1! "},
      {",accept\n", "1! "},
      {"P-1,\n", "1! "},
      {"P-3,accept\n", "1! "},
      {"P-1,accept\nP-1,accept\n", "2! "},
      {"P-1,accept\np-1,reject\n", "2! "},
      {"P-1,accept,a,b\n", "1! "},
      {"P-1,accept,\"open\nP-4,reject\n", "1! "},
      {"P-1,\"accept\"ed\n", "1! "},
      {"P-1,accept\nP-9,accept\nP-4,x\n", "2! 3! "},
      {std::string("\xFF\xFEP\0-\0", 6), "1! "},
      {"P-1,accept," + std::string(most_note_bytes + 1, 'x') + "\n", "1! "},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(told(row.text) == row.told);
  }
}

TEST_CASE("mistakes repeat what stands there, harmlessly") {
  const DecisionList list = read_decisions("P-1,\x1b[31maccept\n", known);
  REQUIRE(list.mistakes.size() == 1);
  CHECK(list.mistakes[0].text.find('\x1b') == std::string::npos);
  CHECK(read_decisions("P-1,accept\nP-1,reject\n", known).mistakes[0].text ==
        "P-1 is to be rejected here, and accepted in line 1");
}

TEST_CASE("a list without end costs no more than its rows may") {
  std::string text;
  for (std::size_t i = 0; i <= most_csv_rows; ++i)
    text += "P-1\n";
  const CsvFile file = read_csv(text);
  CHECK(file.rows.size() == most_csv_rows);
  CHECK(file.mistakes.size() == 1);
}
