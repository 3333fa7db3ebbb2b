// What the command line's words are checked by. Internal to the command line; it has CLI11 in it.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace papertray {

// One of these words, or the nearest is told.
CLI::Validator one_of(const std::vector<std::string>& words);

}  // namespace papertray
