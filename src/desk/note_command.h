// The command that a note asks a person to give: it stands at the note's end.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/act.h"

namespace papertray {

struct NoteCommand {
  ActKind kind = ActKind::merge;  // or withdraw
  std::string id;                 // "P-9"
  std::string into;               // of merge: "P-7"
};

// nullopt: it asks for nothing that a key could do.
std::optional<NoteCommand> note_command(std::string_view note);

std::string note_command_text(const NoteCommand& command);  // "merge P-9 --into P-7"

}  // namespace papertray
