// papertray-faults: papertray with steps to be broken at. For the tests; installed never.
#include <string_view>

#include <fmt/format.h>

#include "app/cli.h"
#include "fault/steps.h"

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--fail-points") {
    for (const papertray::faults::Step& step : papertray::faults::steps())
      fmt::print("{:<18} {}\n", step.name, step.when);
    return 0;
  }
  return papertray::command_line(argc, argv);
}
