#include "app/cli_tree.h"

#include <sstream>

namespace papertray::cli {
namespace {

// one_of (cli_words.h) says its words in its name.
std::vector<std::string> words_of(const CLI::Option& option) {
  std::vector<std::string> found;
  try {
    // CLI11 has no const way to ask for it, and throws where there is none.
    std::istringstream words(const_cast<CLI::Option&>(option).get_validator()->get_name());
    for (std::string word; words >> word;)
      found.push_back(word);
  } catch (const CLI::OptionNotFound&) {
    return {};
  }
  return found;
}

Option option_of(const CLI::Option& option) {
  Option found;
  found.positional = option.get_lnames().empty() && option.get_snames().empty();
  found.name = found.positional ? option.get_single_name() : "--" + option.get_lnames().front();
  found.takes_value = option.get_items_expected_max() > 0;
  if (found.takes_value) found.value = option.get_type_name();
  found.what = option.get_description();
  found.required = option.get_required();
  found.many = option.get_items_expected_max() > 1;
  found.words = words_of(option);
  return found;
}

void collect(const CLI::App& app, const std::string& path, std::vector<Command>& all) {
  Command command{.path = path,
                  .what = app.get_description(),
                  .example = app.get_footer(),
                  .options = {},
                  .below = {}};
  for (const CLI::Option* option : app.get_options())
    command.options.push_back(option_of(*option));
  const std::vector<const CLI::App*> below = app.get_subcommands([](const CLI::App*) { return true; });
  for (const CLI::App* one : below)
    command.below.push_back(one->get_name());
  all.push_back(command);
  for (const CLI::App* one : below)
    collect(*one, path.empty() ? one->get_name() : path + " " + one->get_name(), all);
}

}  // namespace

std::vector<Command> commands_of(const CLI::App& app) {
  std::vector<Command> all;
  collect(app, "", all);
  return all;
}

}  // namespace papertray::cli
