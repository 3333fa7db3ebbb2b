// One mail that waits for a person: what is shown of it, and what each key would do.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "app/config.h"
#include "app/globals.h"
#include "core/rules.h"
#include "desk/note_command.h"
#include "report/reader.h"
#include "report/triage_screen.h"

namespace papertray {

// What a key of the upper lines does: a command's words.
struct TriageStep {
  std::string route_to;               // route M-12 THAT: a track, or P-7
  std::optional<NoteCommand> settle;  // or what the note asks for
};

struct TriageItem {
  TriageScreen screen;
  std::map<std::string, TriageStep> steps;  // by key
  std::string reply_to;                     // bare address, "" when the mail names none
};

// Reads the mail once more, as `explain` does. nullopt: it is not there.
std::optional<TriageItem> triage_item(const std::string& id, const Reader& reader, const Config& config,
                                      const Rules& rules, const Globals& globals);

}  // namespace papertray
