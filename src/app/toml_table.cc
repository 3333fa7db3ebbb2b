#include "app/toml_table.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/error.h"
#include "core/nearest.h"
#include "core/printable.h"

namespace papertray {
namespace {

[[noreturn]] void fail_at(const std::string& path, const toml::source_position& at,
                          const std::string& what) {
  throw Failure({Scope::program, Again::person, Exit::configuration,
                 fmt::format("{}:{}: {}", path, at.line, what)});
}

}  // namespace

TomlTable TomlTable::parse(const std::string& text, const std::string& path) {
  try {
    auto whole = std::make_shared<const toml::table>(toml::parse(text));
    const toml::table& here = *whole;
    return TomlTable(std::move(whole), here, path, "");
  } catch (const toml::parse_error& error) {
    fail_at(path, error.source().begin, one_line(error.description()) + "; mend this line");
  }
}

TomlTable::TomlTable(std::shared_ptr<const toml::table> whole, const toml::table& here, std::string path,
                     std::string name)
    : whole_(std::move(whole)), here_(&here), path_(std::move(path)), name_(std::move(name)) {}

const toml::node* TomlTable::peek(std::string_view key) {
  known_.emplace_back(key);
  return here_->get(key);
}

std::string TomlTable::text(std::string_view key) {
  const toml::node* node = peek(key);
  if (!node) missing(key);
  if (!node->is_string()) fail(key, "wants a text in quotes");
  return node->as_string()->get();
}

std::string TomlTable::text(std::string_view key, std::string_view otherwise) {
  return here_->contains(key) ? text(key) : (known_.emplace_back(key), std::string(otherwise));
}

std::vector<std::string> TomlTable::texts(std::string_view key, std::vector<std::string> otherwise) {
  const toml::node* node = peek(key);
  if (!node) return otherwise;
  std::vector<std::string> found;
  if (const toml::array* array = node->as_array())
    for (const toml::node& item : *array) {
      if (!item.is_string()) fail(key, "wants a list of texts in quotes");
      found.push_back(item.as_string()->get());
    }
  else
    fail(key, "wants a list of texts: [\"...\"]");
  return found;
}

int TomlTable::number(std::string_view key, int otherwise, int least, int most) {
  const toml::node* node = peek(key);
  if (!node) return otherwise;
  const auto* number = node->as_integer();
  if (!number || number->get() < least || number->get() > most)
    fail(key, fmt::format("wants a whole number from {} to {}", least, most));
  return static_cast<int>(number->get());
}

std::optional<TomlTable> TomlTable::table(std::string_view key) {
  const toml::node* node = peek(key);
  if (!node) return std::nullopt;
  if (!node->is_table()) fail(key, "wants a table");
  return TomlTable(whole_, *node->as_table(), path_, full_name(key));
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) {
  std::vector<TomlTable> found;
  const toml::node* node = peek(key);
  if (!node) return found;
  const toml::array* array = node->as_array();
  if (!array) fail(key, fmt::format("is written [[{}]], once for each", key));
  for (const toml::node& item : *array) {
    if (!item.is_table()) fail(key, fmt::format("is written [[{}]], once for each", key));
    found.push_back(TomlTable(whole_, *item.as_table(), path_, std::string(key)));
  }
  return found;
}

void TomlTable::finish() const {
  for (const auto& [key, node] : *here_) {
    if (std::find(known_.begin(), known_.end(), key.str()) != known_.end()) continue;
    const std::string nearest = nearest_word(key.str(), known_);
    const std::string unknown = fmt::format("unknown key \"{}\"{}", one_line(key.str()),
                                            name_.empty() ? "" : " in [" + name_ + "]");
    if (!nearest.empty())
      fail_at(path_, key.source().begin, fmt::format("{}; did you mean \"{}\"?", unknown, nearest));
    fail_at(path_, key.source().begin,
            fmt::format("{}; known here: {}", unknown, fmt::join(known_, ", ")));
  }
}

void TomlTable::fail(std::string_view key, const std::string& what) const {
  const toml::node* node = here_->get(key);
  fail_at(path_, node ? node->source().begin : here_->source().begin,
          fmt::format("{} {}", full_name(key), what));
}

void TomlTable::missing(std::string_view key, const std::string& hint) const {
  const std::vector<std::string> wanted{std::string(key)};
  for (const auto& [there, node] : *here_) {
    if (nearest_word(there.str(), wanted).empty()) continue;
    const bool whole = node.is_table() || node.is_array_of_tables();
    fail_at(path_, there.source().begin,
            fmt::format("unknown {} \"{}\"{}; did you mean \"{}\"?", whole ? "table" : "key",
                        one_line(there.str()), name_.empty() ? "" : " in [" + name_ + "]", key));
  }
  fail(key, hint);
}

std::string TomlTable::full_name(std::string_view key) const {
  return name_.empty() ? std::string(key) : fmt::format("[{}] {}", name_, key);
}

}  // namespace papertray
