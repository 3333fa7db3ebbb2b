// The command line: the only place that knows CLI11.
#pragma once

#include <string>

namespace papertray {

// The command line told otherwise (cli_describe.h): `form` is bash, zsh or man; `page` is for man.
std::string describe_command_line(const std::string& form, const std::string& page);

// Parses, runs the subcommand, turns failures into one sentence and an exit code.
int command_line(int argc, char** argv);

}  // namespace papertray
