// The command line in other words: completions for shells, and the parts of manual pages that would
// otherwise say what --help says a second time. Made at build, from the very definitions.
#pragma once

#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace papertray {

std::string bash_completion(const CLI::App& app);
std::string zsh_completion(const CLI::App& app);

// `page` with its lines @COMMANDS@, @GLOBALS@ and "@OPTIONS list@" filled in, in scdoc's language.
// Throws Failure (program) for a line that asks for a command there is not.
std::string manual_page(const CLI::App& app, std::string_view page);

}  // namespace papertray
