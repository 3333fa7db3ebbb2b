#include "app/cmd_decide.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>

#include <fmt/format.h>

#include "core/error.h"
#include "core/printable.h"
#include "desk/decisions.h"

namespace papertray {
namespace {

// 100,000 rows with a remark each.
constexpr std::size_t longest_list = 32U << 20U;
constexpr std::size_t most_told = 20;  // mistakes on the terminal; the first ones tell what is wrong

std::string read_list(const std::string& path) {
  std::ifstream file;
  if (path != "-") file.open(path, std::ios::binary);
  std::istream& in = path == "-" ? std::cin : file;
  std::string text(longest_list + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, in.gcount())));
  const std::string name = path == "-" ? "standard input" : one_line(path);
  if ((path != "-" && !file.is_open()) || in.bad())
    throw Failure({Scope::program, Again::person, Exit::not_there,
                   name + " cannot be read; name a file with lines of id,decision"});
  if (text.size() > longest_list)
    throw Failure(
        {Scope::program, Again::person, Exit::bad_data,
         fmt::format("{} is larger than {} bytes; that is no list of decisions", name, longest_list)});
  return text;
}

std::string told(const std::string& file, const std::vector<CsvMistake>& mistakes) {
  std::string text;
  for (std::size_t i = 0; i < mistakes.size() && i < most_told; ++i)
    text += fmt::format("{}{}:{}: {}", i == 0 ? "" : "; ", one_line(file), mistakes[i].line,
                        mistakes[i].text);
  if (mistakes.size() > most_told) text += fmt::format("; and {} more", mistakes.size() - most_told);
  return text + "; nothing was decided";
}

}  // namespace

int cmd_decide(const Globals& globals, const DecideOptions& options) {
  const std::string text = read_list(options.file);
  Acting acting(globals, options.by, "decide");
  const DecisionList list =
      read_decisions(text, [&](const std::string& id) { return acting.standing(id); });
  if (!list.mistakes.empty())
    throw Failure({Scope::program, Again::person, Exit::bad_data, told(options.file, list.mistakes)});
  std::vector<Acting::Wanted> wanted;
  for (const DecisionRow& row : list.rows) {
    Act act = row.act;
    if (act.note.empty()) act.note = acting.note();
    wanted.push_back({act, row.verdict});
  }
  if (options.dry_run) {
    ActedView view{.command = "decide (dry run)", .actor = acting.actor(), .undone = false, .rows = {}};
    for (const Acting::Wanted& one : wanted)
      view.rows.push_back({one.act, one.verdict.step == Step::act, one.verdict.text});
    acting.tell(view);
    return static_cast<int>(Exit::done);
  }
  acting.act("decide " + one_line(options.file), wanted);
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
