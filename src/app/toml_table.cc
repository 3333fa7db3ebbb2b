#include "app/toml_table.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "core/error.h"
#include "core/nearest.h"
#include "core/printable.h"

namespace papertray {
namespace {

[[noreturn]] void fail_at(const std::string& path, std::size_t line, const std::string& what) {
  throw Failure(
      {Scope::program, Again::person, Exit::configuration, fmt::format("{}:{}: {}", path, line, what)});
}

// "unknown key "usr" in [mailbox]"
std::string unknown(const toml::key& key, const toml::node& node, const std::string& table) {
  return fmt::format("unknown {} \"{}\"{}",
                     node.is_table() || node.is_array_of_tables() ? "table" : "key", one_line(key.str()),
                     table.empty() ? "" : " in [" + table + "]");
}

bool has_control(const std::string& text) {
  return std::ranges::any_of(text,
                             [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

std::string in_words(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "\"" : i + 1 == words.size() ? " or \"" : ", \"") + words[i] + "\"";
  return text;
}

}  // namespace

struct TomlTable::Place {
  std::shared_ptr<const toml::table> whole;
  const toml::table& table;

  const toml::node* at(std::string_view key) const { return table.get(key); }
  std::size_t line_of(std::string_view key) const {
    const toml::node* node = at(key);
    return (node ? *node : static_cast<const toml::node&>(table)).source().begin.line;
  }
};

TomlTable TomlTable::parse(const std::string& text, const std::string& path) {
  try {
    const auto whole = std::make_shared<const toml::table>(toml::parse(text));
    return TomlTable(std::make_shared<const Place>(Place{whole, *whole}), path, "");
  } catch (const toml::parse_error& error) {
    // The description repeats single characters and keys of the line, never a value.
    fail_at(path, error.source().begin.line, one_line(error.description()) + "; mend this line");
  }
}

TomlTable::TomlTable(std::shared_ptr<const Place> here, std::string path, std::string name)
    : here_(std::move(here)), path_(std::move(path)), name_(std::move(name)) {}

std::string TomlTable::text(std::string_view key) {
  known_.emplace_back(key);
  const toml::node* node = here_->at(key);
  if (!node) missing(key);
  if (!node->is_string()) fail(key, "wants a text in quotes");
  const std::string& text = node->as_string()->get();
  if (has_control(text)) fail(key, "holds a control character; leave it out");
  return text;
}

std::string TomlTable::text(std::string_view key, std::string_view otherwise) {
  if (here_->at(key)) return text(key);
  known_.emplace_back(key);
  return std::string(otherwise);
}

std::string TomlTable::word(std::string_view key, const std::vector<std::string>& words,
                            std::string_view otherwise) {
  if (!here_->at(key)) return text(key, otherwise);
  const std::string given = text(key);
  if (std::ranges::find(words, given) != words.end()) return given;
  const std::string nearest = nearest_word(given, words);
  fail(key, fmt::format("is {}, not \"{}\"{}", in_words(words), one_line(given),
                        nearest.empty() ? "" : "; did you mean \"" + nearest + "\"?"));
}

std::vector<std::string> TomlTable::texts(std::string_view key, std::vector<std::string> otherwise) {
  known_.emplace_back(key);
  const toml::node* node = here_->at(key);
  if (!node) return otherwise;
  const toml::array* array = node->as_array();
  if (!array) fail(key, "wants a list of texts: [\"...\"]");
  std::vector<std::string> found;
  for (const toml::node& item : *array) {
    if (!item.is_string()) fail(key, "wants a list of texts in quotes");
    found.push_back(item.as_string()->get());
    if (has_control(found.back())) fail(key, "holds a control character; leave it out");
  }
  return found;
}

std::vector<std::string> TomlTable::text_or_texts(std::string_view key,
                                                  std::vector<std::string> otherwise) {
  const toml::node* node = here_->at(key);
  if (node && node->is_string()) return {text(key)};
  if (node && !node->is_array()) fail(key, "wants a text in quotes, or a list of them: [\"...\"]");
  return texts(key, std::move(otherwise));
}

int TomlTable::number(std::string_view key, int otherwise, int least, int most) {
  known_.emplace_back(key);
  const toml::node* node = here_->at(key);
  if (!node) return otherwise;
  const auto* number = node->as_integer();
  if (!number || number->get() < least || number->get() > most)
    fail(key, fmt::format("wants a whole number from {} to {}", least, most));
  return static_cast<int>(number->get());
}

bool TomlTable::truth(std::string_view key, bool otherwise) {
  known_.emplace_back(key);
  const toml::node* node = here_->at(key);
  if (!node) return otherwise;
  if (!node->is_boolean()) fail(key, "is true or false, without quotes");
  return node->as_boolean()->get();
}

std::optional<TomlTable> TomlTable::table(std::string_view key, std::string_view example) {
  known_.emplace_back(key);
  const toml::node* node = here_->at(key);
  if (!node) return std::nullopt;
  if (!node->is_table())
    fail(key, "wants a table" + (example.empty() ? "" : ": " + std::string(example)));
  return TomlTable(std::make_shared<const Place>(Place{here_->whole, *node->as_table()}), path_,
                   name_.empty() ? std::string(key) : fmt::format("{}.{}", name_, key));
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) {
  known_.emplace_back(key);
  std::vector<TomlTable> found;
  const toml::node* node = here_->at(key);
  if (!node) return found;
  if (!node->is_array_of_tables()) fail(key, fmt::format("is written [[{}]], once for each", key));
  for (const toml::node& item : *node->as_array())
    found.push_back(TomlTable(std::make_shared<const Place>(Place{here_->whole, *item.as_table()}),
                              path_, std::string(key)));
  return found;
}

void TomlTable::finish() const {
  for (const auto& [key, node] : here_->table) {
    if (std::ranges::find(known_, key.str()) != known_.end()) continue;
    const std::string nearest = nearest_word(key.str(), known_);
    fail_at(path_, key.source().begin.line,
            unknown(key, node, name_) + (nearest.empty()
                                             ? fmt::format("; known here: {}", fmt::join(known_, ", "))
                                             : "; did you mean \"" + nearest + "\"?"));
  }
}

void TomlTable::missing(std::string_view key, const std::string& hint) const {
  const std::vector<std::string> wanted{std::string(key)};
  for (const auto& [there, node] : here_->table) {
    if (std::ranges::find(known_, there.str()) != known_.end()) continue;
    if (nearest_word(there.str(), wanted).empty()) continue;
    fail_at(path_, there.source().begin.line,
            fmt::format("{}; did you mean \"{}\"?", unknown(there, node, name_), key));
  }
  fail(key, hint);
}

void TomlTable::fail(std::string_view key, const std::string& what) const {
  fail_at(path_, here_->line_of(key), full_name(key) + " " + what);
}

std::string TomlTable::full_name(std::string_view key) const {
  return name_.empty() ? std::string(key) : fmt::format("[{}] {}", name_, key);
}

}  // namespace papertray
