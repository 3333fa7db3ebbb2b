#include "desk/decisions.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "core/ascii.h"
#include "core/printable.h"

namespace papertray {
namespace {

constexpr std::size_t longest_shown = 40;  // columns of a field that a mistake repeats

constexpr std::pair<std::string_view, ActKind> words[] = {
    {"accept", ActKind::accept}, {"accepted", ActKind::accept}, {"yes", ActKind::accept},
    {"reject", ActKind::reject}, {"rejected", ActKind::reject}, {"no", ActKind::reject}};

std::optional<ActKind> decision_named(std::string_view text) {
  for (const auto& [word, kind] : words)
    if (ascii::same(word, text)) return kind;
  return std::nullopt;
}

std::string shown(const std::string& text) {
  return "\"" + cut_to(one_line(text), longest_shown) + "\"";
}

// Where the columns stand.
struct Columns {
  std::size_t id = 0, decision = 1;
  std::optional<std::size_t> note = 2;
  bool named = false;  // the first line is their names
};

Columns columns_of(const CsvFile& file, std::vector<CsvMistake>& mistakes) {
  Columns columns;
  if (file.rows.empty()) return columns;
  const CsvRow& first = file.rows.front();
  const auto find = [&](std::string_view name) -> std::optional<std::size_t> {
    for (std::size_t i = 0; i < first.fields.size(); ++i)
      if (ascii::same(first.fields[i], name)) return i;
    return std::nullopt;
  };
  const auto id = find("id");
  const auto decision = find("decision");
  if (!id && !decision) return columns;
  if (!id || !decision) {
    mistakes.push_back({first.line, fmt::format("the first line names columns, but none is \"{}\"",
                                                id ? "decision" : "id")});
    return columns;
  }
  return {.id = *id, .decision = *decision, .note = find("note"), .named = true};
}

// What a spreadsheet uses between fields: of the first line's the one that it has.
char separator_of(std::string_view text) {
  const std::string_view first = text.substr(0, text.find_first_of("\r\n"));
  return first.find(',') == std::string_view::npos && first.find(';') != std::string_view::npos ? ';'
                                                                                                : ',';
}

class ListReader {
 public:
  ListReader(const CsvFile& file,
             const std::function<std::optional<Standing>(const std::string&)>& standing)
      : file_(file), standing_(standing) {
    list_.mistakes = file.mistakes;
  }

  DecisionList run(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) {
      list_.mistakes.clear();
      mistake(1, "this is no plain text; save it as \"CSV UTF-8\"");
      return finished();
    }
    columns_ = columns_of(file_, list_.mistakes);
    if (!list_.mistakes.empty()) return finished();
    for (std::size_t i = columns_.named ? 1 : 0; i < file_.rows.size(); ++i)
      row(file_.rows[i]);
    if (list_.rows.empty() && list_.mistakes.empty()) mistake(1, "no decision stands in it");
    return finished();
  }

 private:
  void mistake(std::size_t line, std::string text) { list_.mistakes.push_back({line, std::move(text)}); }

  DecisionList finished() {
    std::ranges::stable_sort(list_.mistakes, {}, &CsvMistake::line);
    return std::move(list_);
  }

  static std::string field(const CsvRow& row, std::optional<std::size_t> column) {
    return column && *column < row.fields.size() ? row.fields[*column] : "";
  }

  void row(const CsvRow& row) {
    if (!columns_.named && row.fields.size() > 3)
      return mistake(row.line, fmt::format("{} fields; id, decision and note are three (a note with a "
                                           "comma stands in quotes)",
                                           row.fields.size()));
    const std::string id = field(row, columns_.id);
    const std::string word = field(row, columns_.decision);
    const std::string note = many_lines(field(row, columns_.note));
    if (id.empty()) return mistake(row.line, "no id");
    if (word.empty()) return mistake(row.line, "no decision for " + shown(id));
    const std::optional<ActKind> kind = decision_named(word);
    const std::optional<Standing> found = standing_(id);
    if (!kind) mistake(row.line, shown(word) + " is no decision; accept and reject are");
    if (!found) mistake(row.line, "there is no submission " + shown(id));
    if (note.size() > most_note_bytes)
      mistake(row.line, fmt::format("a note of {} bytes; at most {}", note.size(), most_note_bytes));
    if (!kind || !found || note.size() > most_note_bytes) return;
    if (twice(row.line, *found, *kind)) return;
    ActVerdict verdict = judge_act(*kind, *found);
    if (verdict.step == Step::refuse) return mistake(row.line, verdict.text);
    list_.rows.push_back({.line = row.line,
                          .act = {.kind = *kind, .id = found->id, .into = "", .panel = 0, .note = note},
                          .verdict = std::move(verdict)});
  }

  bool twice(std::size_t line, const Standing& found, ActKind kind) {
    const auto [before, fresh] = seen_.try_emplace(found.id, line, kind);
    if (fresh) return false;
    const auto [first, decided] = before->second;
    mistake(line, decided == kind ? fmt::format("{} stands in line {} already", found.id, first)
                                  : fmt::format("{} is to be {}ed here, and {}ed in line {}", found.id,
                                                act_name(kind), act_name(decided), first));
    return true;
  }

  const CsvFile& file_;
  const std::function<std::optional<Standing>(const std::string&)>& standing_;
  Columns columns_;
  std::map<std::string, std::pair<std::size_t, ActKind>> seen_;  // id -> line, decision
  DecisionList list_;
};

}  // namespace

DecisionList read_decisions(
    std::string_view text,
    const std::function<std::optional<Standing>(const std::string& id)>& standing) {
  const CsvFile file = read_csv(text, separator_of(text));
  return ListReader(file, standing).run(text);
}

}  // namespace papertray
