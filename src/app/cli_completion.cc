// bash and zsh complete what the command line knows.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "app/cli_describe.h"
#include "app/cli_tree.h"

namespace papertray {
namespace {

using cli::Command;
using cli::Option;

constexpr const char* made = "# Made from the program's own definitions at build; do not edit.\n";

bool wants_folder(const Option& option) {
  return option.value == "DIR";
}

bool wants_file(const Option& option) {
  return option.value.find("FILE") != std::string::npos;
}

std::string names_joined(const std::vector<std::string>& names, const char* between) {
  return fmt::format("{}", fmt::join(names, between));
}

// All that may come next behind this command: what is below it, its options, the program's.
std::string words_behind(const Command& command, const Command& program) {
  std::vector<std::string> words = command.below;
  for (const Option& option : command.options) {
    if (!option.positional)
      words.push_back(option.name);
    else
      words.insert(words.end(), option.words.begin(), option.words.end());
  }
  if (!command.path.empty())
    for (const Option& option : program.options)
      if (std::ranges::find(words, option.name) == words.end() && option.name != "--version")
        words.push_back(option.name);
  return names_joined(words, " ");
}

// 'a' | 'b') for the values of options, once for each kind of value.
std::string bash_values(const std::vector<Command>& all) {
  std::string cases;
  for (const Command& command : all)
    for (const Option& option : command.options) {
      if (option.positional || !option.takes_value) continue;
      // The program's own stand behind any command.
      const std::string where =
          (command.path.empty() ? "*" : "") + ("'" + command.path + " " + option.name + "'");
      std::string then = "return";
      if (!option.words.empty())
        then = fmt::format("mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$cur\"); return",
                           names_joined(option.words, " "));
      else if (wants_folder(option))
        then = "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- \"$cur\"); return";
      else if (wants_file(option))
        then = "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- \"$cur\"); return";
      cases += fmt::format("    {}) {} ;;\n", where, then);
    }
  return cases;
}

std::string quoted_for_zsh(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
      continue;
    }
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_action(const Option& option) {
  if (!option.words.empty()) return "(" + names_joined(option.words, " ") + ")";
  if (wants_folder(option)) return "_files -/";
  if (wants_file(option) || option.positional) return "_files";
  return " ";
}

std::string zsh_option(const Option& option) {
  const std::string what = quoted_for_zsh(option.what);
  if (option.positional)
    return fmt::format("'{}:{}:{}'",
                       option.many       ? "*"
                       : option.required ? ""
                                         : ":",
                       what, zsh_action(option));
  if (!option.takes_value) return fmt::format("'{}[{}]'", option.name, what);
  return fmt::format("'{}[{}]:{}:{}'", option.name, what,
                     option.value.empty() ? "value" : quoted_for_zsh(option.value), zsh_action(option));
}

std::string zsh_function_name(const Command& command) {
  std::string name = "_papertray";
  for (const char c : command.path.empty() ? "" : "_" + command.path)
    name += c == ' ' || c == '-' ? '_' : c;
  return name;
}

std::string zsh_function(const Command& command, const std::vector<Command>& all) {
  std::string lines;
  std::set<std::string> said;
  const auto add = [&](const Option& option) {
    if (said.insert(option.name).second) lines += "    " + zsh_option(option) + " \\\n";
  };
  for (const Option& option : command.options)
    if (command.below.empty() || !option.positional) add(option);
  if (!command.path.empty())
    for (const Option& option : all.front().options)
      if (option.name != "--version") add(option);
  std::string text = zsh_function_name(command) + "() {\n";
  if (command.below.empty()) return text + "  _arguments \\\n" + lines + "    && return\n}\n\n";
  text += "  local context state state_descr line\n  typeset -A opt_args\n  _arguments -C \\\n" + lines +
          "    '1: :->command' '*:: :->rest'\n  case $state in\n  command)\n    local -a commands=(\n";
  std::string cases;
  for (const std::string& name : command.below) {
    const std::string path = command.path.empty() ? name : command.path + " " + name;
    const auto one = std::ranges::find(all, path, &Command::path);
    text += fmt::format("      '{}:{}'\n", name, quoted_for_zsh(one->what));
    cases += fmt::format("    {}) {} ;;\n", name, zsh_function_name(*one));
  }
  return text + "    )\n    _describe command commands\n    ;;\n  rest)\n    case $line[1] in\n" +
         cases + "    esac\n    ;;\n  esac\n}\n\n";
}

}  // namespace

std::string bash_completion(const CLI::App& app) {
  const std::vector<Command> all = cli::commands_of(app);
  std::set<std::string> with_value;
  std::string paths, words;
  for (const Command& command : all) {
    for (const Option& option : command.options)
      if (option.takes_value && !option.positional) with_value.insert(option.name);
    if (!command.path.empty()) paths += (paths.empty() ? "'" : " | '") + command.path + "'";
    words += fmt::format("    '{}') words='{}' ;;\n", command.path, words_behind(command, all.front()));
  }
  return std::string("# bash completion for papertray\n") + made +
         "_papertray() {\n"
         "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command='' word "
         "words='' i\n"
         "  COMPREPLY=()\n"
         "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
         "    word=${COMP_WORDS[i]}\n"
         "    case $word in\n"
         "    " +
         fmt::format("{}", fmt::join(with_value, " | ")) +
         ") ((i++)); continue ;;\n"
         "    -*) continue ;;\n"
         "    esac\n"
         "    case ${command:+$command }$word in\n"
         "    " +
         paths +
         ") command=${command:+$command }$word ;;\n"
         "    esac\n"
         "  done\n"
         "  case \"$command $prev\" in\n" +
         bash_values(all) +
         "  esac\n"
         "  case $command in\n" +
         words +
         "  esac\n"
         "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
         "}\n"
         "# Where no word of ours fits, names of files do.\n"
         "complete -o default -F _papertray papertray\n";
}

std::string zsh_completion(const CLI::App& app) {
  const std::vector<Command> all = cli::commands_of(app);
  std::string text = std::string("#compdef papertray\n") + made + "\n";
  for (const Command& command : all)
    if (!command.path.empty()) text += zsh_function(command, all);
  return text + zsh_function(all.front(), all) + "_papertray \"$@\"\n";
}

}  // namespace papertray
