// A TOML table read key by key, so that nothing in a configuration is silently ignored: a wrong key, a
// wrong type, a missing value each end in one sentence with file, line, key and the nearest right key.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace papertray {

class TomlTable {
 public:
  // Parses a whole file. `path` is for sentences.
  static TomlTable parse(const std::string& text, const std::string& path);

  // Texts hold no control characters: none of ours has a use for one.
  std::string text(std::string_view key);  // required
  std::string text(std::string_view key, std::string_view otherwise);
  // A text that is one of these words.
  std::string word(std::string_view key, const std::vector<std::string>& words,
                   std::string_view otherwise);
  std::vector<std::string> texts(std::string_view key, std::vector<std::string> otherwise);
  // The same, or a single text.
  std::vector<std::string> text_or_texts(std::string_view key, std::vector<std::string> otherwise);
  int number(std::string_view key, int otherwise, int least, int most);
  bool truth(std::string_view key, bool otherwise);
  // `example` shows how such a table is written.
  std::optional<TomlTable> table(std::string_view key, std::string_view example = "");
  std::vector<TomlTable> tables(std::string_view key);  // [[key]]

  // Throws for the first key that nobody has asked for. Call it when all known keys were read.
  void finish() const;

  // The same for a key that is needed and not there: names a misspelt one when there is one, else says
  // `hint` ("is missing: ...").
  [[noreturn]] void missing(std::string_view key, const std::string& hint = "is missing") const;

  // A failure at a key of this table (or at the table itself, when the key is not there).
  [[noreturn]] void fail(std::string_view key, const std::string& what) const;

 private:
  struct Place;  // the table within the parsed file, which it keeps alive
  TomlTable(std::shared_ptr<const Place> here, std::string path, std::string name);
  std::string full_name(std::string_view key) const;

  std::shared_ptr<const Place> here_;
  std::string path_;
  std::string name_;  // "mailbox", "track.format"; "" at the top
  std::vector<std::string> known_;
};

}  // namespace papertray
