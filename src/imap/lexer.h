// The words of the IMAP grammar (RFC 3501 section 9) over bounded input. Everything here is a
// stranger's: whatever is not as the grammar says ends in Input::bad.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "imap/input.h"

namespace papertray {

class Lexer {
 public:
  explicit Lexer(Input& input) : input_(input) {}

  Input& input() { return input_; }
  char peek() { return input_.peek(); }
  // Blanks: one is due, some servers write more or a last one before the line's end.
  void blanks();
  void expect(char c);
  void line_end();
  bool at_line_end();

  // Up to a blank, parenthesis, quote, brace or line end; not empty.
  std::string word();
  // A FETCH item's name, with its section: `BODY[HEADER.FIELDS (FROM)]<0>`.
  std::string item_name();
  std::uint32_t number();
  std::uint64_t number64();
  std::string quoted();
  // `{n}` or `~{n}` and its line end; the n bytes follow.
  std::uint64_t literal_size();
  // A quoted string, a small literal, an atom.
  std::string astring();
  // The same, but NIL is nullopt.
  std::optional<std::string> nstring();
  // `(\Seen $Junk)`.
  std::vector<std::string> flag_list();
  // Any value: atom, string, list; literals in it pass by.
  void skip_value();
  // The rest of a line, without its end.
  std::string rest();
  // The same for a response we do not know, whose literals pass by.
  void skip_rest();

 private:
  void skip_literal();
  std::string small_literal();

  Input& input_;
};

}  // namespace papertray
