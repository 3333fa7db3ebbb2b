#include "app/cli_describe.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/cli_tree.h"
#include "core/error.h"

namespace papertray {
namespace {

using cli::Command;
using cli::Option;

const Command& command_named(const std::vector<Command>& all, std::string_view path) {
  const auto found = std::ranges::find(all, path, &Command::path);
  if (found == all.end())
    throw Failure({Scope::program, Again::person, Exit::bad_data,
                   fmt::format("a manual page asks for the command \"{}\", which there is not", path)});
  return *found;
}

// scdoc's own signs lose their meaning.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\*_#[]|~<>").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

// A line of help begins small and ends without a point.
std::string sentence(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return escaped(text) + ".";
}

std::string heading_of(const Option& option) {
  if (option.positional) return fmt::format("_{}_{}", escaped(option.name), option.many ? "..." : "");
  return fmt::format(
      "*{}*{}", escaped(option.name),
      option.takes_value ? " _" + escaped(option.value.empty() ? "TEXT" : option.value) + "_" : "");
}

std::string options_text(const Command& command, bool positionals) {
  std::string text;
  for (const Option& option : command.options) {
    if (!positionals && option.positional) continue;
    text += heading_of(option) + "\n\t" + sentence(option.what) + "\n\n";
  }
  return text;
}

std::string example_text(const Command& command) {
  std::string text;
  std::string_view left = command.example;
  constexpr std::string_view word = "Example: ";
  while (!left.empty()) {
    const std::string_view line = left.substr(0, left.find('\n'));
    if (line.starts_with(word)) text += "\t" + escaped(line.substr(word.size())) + "\n\n";
    left.remove_prefix(std::min(left.size(), line.size() + 1));
  }
  return text.empty() ? "" : "Example:\n\n" + text;
}

std::string usage_of(const Command& command) {
  std::string usage = "*papertray " + command.path + "*";
  const bool options = std::ranges::any_of(
      command.options, [](const Option& one) { return !one.positional && one.name != "--help"; });
  if (options) usage += " [_option_...]";
  for (const Option& option : command.options) {
    if (!option.positional) continue;
    const std::string name = "_" + escaped(option.name) + "_" + (option.many ? "..." : "");
    usage += option.required ? " " + name : " [" + name + "]";
  }
  return usage;
}

std::string section_of(const Command& command) {
  const std::string text = fmt::format("## papertray {}\n\n{}\n\n{}\n\n", escaped(command.path),
                                       usage_of(command), sentence(command.what));
  return text + options_text(command, true) + example_text(command);
}

std::string commands_text(const std::vector<Command>& all) {
  std::string text;
  for (const Command& command : all)
    if (!command.path.empty()) text += section_of(command);
  return text;
}

}  // namespace

std::string manual_page(const CLI::App& app, std::string_view page) {
  constexpr std::string_view options = "@OPTIONS ";
  const std::vector<Command> all = cli::commands_of(app);
  std::string text;
  while (!page.empty()) {
    const std::string_view line = page.substr(0, page.find('\n'));
    if (line == "@COMMANDS@")
      text += commands_text(all);
    else if (line == "@GLOBALS@")
      text += options_text(all.front(), false);
    else if (line.starts_with(options) && line.ends_with('@'))
      text += options_text(
          command_named(all, line.substr(options.size(), line.size() - options.size() - 1)), true);
    else
      text += std::string(line) + "\n";
    page.remove_prefix(std::min(page.size(), line.size() + 1));
  }
  return text;
}

}  // namespace papertray
