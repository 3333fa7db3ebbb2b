// A TOML table read key by key, so that nothing in a configuration is silently ignored: a wrong key, a
// wrong type, a missing value each end in one sentence with file, line, key and the nearest right key.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

namespace papertray {

class TomlTable {
 public:
  // Parses a whole file. `path` is for sentences.
  static TomlTable parse(const std::string& text, const std::string& path);

  std::string text(std::string_view key);  // required
  std::string text(std::string_view key, std::string_view otherwise);
  std::vector<std::string> texts(std::string_view key, std::vector<std::string> otherwise);
  int number(std::string_view key, int otherwise, int least, int most);
  std::optional<TomlTable> table(std::string_view key);
  std::vector<TomlTable> tables(std::string_view key);  // [[key]]
  // The value as TOML has it, or nullptr; the key counts as known.
  const toml::node* peek(std::string_view key);

  // Throws for the first key that nobody has asked for. Call it when all known keys were read.
  void finish() const;

  // The same for a key that is needed and not there: names a misspelt one when there is one, else says
  // `hint` ("is missing: ...").
  [[noreturn]] void missing(std::string_view key, const std::string& hint = "is missing") const;

  // A failure at a key of this table (or at the table itself, when the key is not there).
  [[noreturn]] void fail(std::string_view key, const std::string& what) const;

  const std::string& path() const { return path_; }

 private:
  TomlTable(std::shared_ptr<const toml::table> whole, const toml::table& here, std::string path,
            std::string name);
  std::string full_name(std::string_view key) const;

  std::shared_ptr<const toml::table> whole_;  // keeps `here_` alive
  const toml::table* here_;
  std::string path_;
  std::string name_;  // "mailbox", "track 2"; "" at the top
  std::vector<std::string> known_;
};

}  // namespace papertray
