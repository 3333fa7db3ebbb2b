// The command line: the only place that knows CLI11.
#pragma once

namespace papertray {

// Parses, runs the subcommand, turns failures into one sentence and an exit code.
int command_line(int argc, char** argv);

}  // namespace papertray
