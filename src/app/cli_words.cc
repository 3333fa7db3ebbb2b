#include "app/cli_words.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/nearest.h"

namespace papertray {

CLI::Validator one_of(const std::vector<std::string>& words) {
  return CLI::Validator(
      [words](const std::string& given) -> std::string {
        if (std::find(words.begin(), words.end(), given) != words.end()) return "";
        const std::string nearest = nearest_word(given, words);
        return fmt::format("\"{}\" is not one of {}{}", given, fmt::join(words, ", "),
                           nearest.empty() ? "" : "; did you mean \"" + nearest + "\"?");
      },
      "");
}

}  // namespace papertray
