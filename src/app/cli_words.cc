#include "app/cli_words.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "core/nearest.h"

namespace papertray {

CLI::Validator one_of(const std::vector<std::string>& words) {
  CLI::Validator validator(
      [words](const std::string& given) -> std::string {
        if (std::find(words.begin(), words.end(), given) != words.end()) return "";
        const std::string nearest = nearest_word(given, words);
        return fmt::format("\"{}\" is not one of {}{}", given, fmt::join(words, ", "),
                           nearest.empty() ? "" : "; did you mean \"" + nearest + "\"?");
      },
      "");
  // cli_tree.cc reads them there, for shells to complete.
  return validator.name(fmt::format("{}", fmt::join(words, " ")));
}

CLI::Validator number_up_to(int most) {
  return CLI::Validator(
      [most](const std::string& given) -> std::string {
        int number = -1;
        const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), number);
        if (error == std::errc() && end == given.data() + given.size() && number >= 0 && number <= most)
          return "";
        return fmt::format("\"{}\" is no number from 0 to {}", given, most);
      },
      "");
}

}  // namespace papertray
