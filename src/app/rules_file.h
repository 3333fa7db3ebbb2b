// The rules file and its reply templates: from disk into a RulesLoaded, and from a RulesLoaded (fresh,
// or as the log holds it) into Rules.
#pragma once

#include <string>

#include "app/config.h"
#include "core/rules.h"
#include "intake/event.h"

namespace papertray {

// Reads the file and the folder of templates that it names. `from` is [smtp] from, or "".
// Throws Failure (configuration) with file, line and key.
RulesLoaded load_rules(const std::string& path, const std::string& from);
// The same with all that the configuration adds.
RulesLoaded load_rules(const Config& config);

// Understands and checks all of it, the templates too. Pure but for the time zone database.
Rules read_rules(const RulesLoaded& loaded);

// The address in a From field's text: "Name <a@b>" or "a@b". Throws Failure (configuration).
std::string from_address(const std::string& from);

}  // namespace papertray
