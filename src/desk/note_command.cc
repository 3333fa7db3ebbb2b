#include "desk/note_command.h"

#include <vector>

#include <fmt/format.h>

namespace papertray {
namespace {

constexpr std::string_view program = "papertray ";

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) words.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

}  // namespace

std::optional<NoteCommand> note_command(std::string_view note) {
  const std::size_t begin = note.rfind(program);
  if (begin == std::string_view::npos) return std::nullopt;
  const std::vector<std::string> words = words_of(note.substr(begin + program.size()));
  if (words.size() == 4 && words[0] == act_name(ActKind::merge) && words[2] == "--into")
    return NoteCommand{ActKind::merge, words[1], words[3]};
  if (words.size() == 2 && words[0] == act_name(ActKind::withdraw))
    return NoteCommand{ActKind::withdraw, words[1], ""};
  return std::nullopt;
}

std::string note_command_text(const NoteCommand& command) {
  return command.kind == ActKind::merge ? fmt::format("merge {} --into {}", command.id, command.into)
                                        : fmt::format("withdraw {}", command.id);
}

}  // namespace papertray
