// An option that is one of some words; of a wrong one the nearest is told.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace papertray {

CLI::Validator one_of(const std::vector<std::string>& words);

// 0 to `most`.
CLI::Validator number_up_to(int most);

}  // namespace papertray
