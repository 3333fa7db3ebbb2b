// What a description needs of CLI11's definitions. Internal to cli_describe*.cc.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

namespace papertray::cli {

struct Option {
  std::string name;   // "--late"; a positional's bare name
  std::string value;  // "FILE"; "" for a flag or a positional without a type
  std::string what;   // its line of help
  bool positional = false;
  bool takes_value = false;
  bool required = false;
  bool many = false;               // a positional of one or more
  std::vector<std::string> words;  // what it may be, where that is a list
};

struct Command {
  std::string path;  // "outbox retry"; "" for the program itself
  std::string what;
  std::string example;  // all lines of its footer
  std::vector<Option> options;
  std::vector<std::string> below;  // names of its subcommands
};

// The program first, then each command before those below it, in the order of --help.
std::vector<Command> commands_of(const CLI::App& app);

}  // namespace papertray::cli
