#include "imap/lexer.h"

#include <charconv>
#include <limits>
#include <string_view>

#include "net/text.h"

namespace papertray {
namespace {

// Parentheses within parentheses in a value we skip: a BODYSTRUCTURE of the deepest mail has fewer.
constexpr int deepest_list = 64;
// A folder's name or an envelope's string that comes as a literal.
constexpr std::uint64_t largest_small_literal = 64ULL * 1024;
// Digits of 2^64 - 1: what is longer is no number.
constexpr std::size_t most_digits = 20;

bool ends_word(char c) {
  return c == ' ' || c == '(' || c == ')' || c == '"' || c == '{' || c == '\r' || c == '\n';
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

}  // namespace

void Lexer::blanks() {
  while (peek() == ' ')
    input_.get();
}

void Lexer::expect(char c) {
  if (peek() != c) input_.bad(std::string("a '") + c + "' is missing where one is due");
  input_.get();
}

bool Lexer::at_line_end() {
  return peek() == '\r';
}

void Lexer::line_end() {
  blanks();
  if (peek() != '\r') input_.bad("a line goes on where it should end");
  input_.get();
  if (input_.get() != '\n') input_.bad("a carriage return stands alone");
}

std::string Lexer::word() {
  std::string text;
  while (!ends_word(peek())) {
    const char c = input_.get();
    if (is_control(c)) input_.bad("a control character stands in a word");
    text += c;
  }
  if (text.empty()) input_.bad("a word is missing");
  return text;
}

std::string Lexer::item_name() {
  std::string text;
  bool section = false;
  while (section || !ends_word(peek())) {
    const char c = input_.get();
    if (is_control(c)) input_.bad("a control character stands in an item's name");
    if (c == '[') section = true;
    if (c == ']') section = false;
    text += c;
  }
  if (text.empty()) input_.bad("an item's name is missing");
  return text;
}

std::uint64_t Lexer::number64() {
  std::string digits;
  while (protocol::is_digit(peek()) && digits.size() <= most_digits)
    digits += input_.get();
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size())
    input_.bad(digits.empty() ? "a number is missing" : "a number is too large");
  return value;
}

std::uint32_t Lexer::number() {
  const std::uint64_t value = number64();
  if (value > std::numeric_limits<std::uint32_t>::max()) input_.bad("a number is too large");
  return static_cast<std::uint32_t>(value);
}

std::string Lexer::quoted() {
  expect('"');
  std::string text;
  for (char c = input_.get(); c != '"'; c = input_.get()) {
    if (c == '\\') c = input_.get();
    if (c == '\r' || c == '\n' || c == '\0') input_.bad("a quoted string does not end in its line");
    text += c;
  }
  return text;
}

std::uint64_t Lexer::literal_size() {
  if (peek() == '~') input_.get();  // literal8, RFC 3516
  expect('{');
  const std::uint64_t size = number64();
  expect('}');
  line_end();
  return size;
}

std::string Lexer::small_literal() {
  const std::uint64_t size = literal_size();
  if (size > largest_small_literal) input_.bad("a literal is too large for what it should hold");
  std::string text;
  input_.pass(size, [&](std::span<const char> bytes) { text.append(bytes.data(), bytes.size()); });
  return text;
}

void Lexer::skip_literal() {
  const std::uint64_t size = literal_size();
  if (size > largest_small_literal) input_.bad("a literal that nobody asked for is too large");
  input_.pass(size, [](std::span<const char>) {});
}

std::string Lexer::astring() {
  if (peek() == '"') return quoted();
  if (peek() == '{' || peek() == '~') return small_literal();
  return word();
}

std::optional<std::string> Lexer::nstring() {
  if (peek() == '"') return quoted();
  if (peek() == '{' || peek() == '~') return small_literal();
  if (!protocol::equal_nocase(word(), "NIL")) input_.bad("a string is missing");
  return std::nullopt;
}

std::vector<std::string> Lexer::flag_list() {
  expect('(');
  std::vector<std::string> flags;
  for (blanks(); peek() != ')'; blanks())
    flags.push_back(word());
  expect(')');
  return flags;
}

void Lexer::skip_value() {
  int depth = 0;
  do {
    switch (peek()) {
      case '(':
        input_.get();
        if (++depth > deepest_list) input_.bad("lists are nested too deeply");
        break;
      case ')':
        if (depth == 0) input_.bad("a value is missing");
        input_.get();
        --depth;
        break;
      case '"':
        quoted();
        break;
      case '{':
      case '~':
        skip_literal();
        break;
      case ' ':
        if (depth == 0) input_.bad("a value is missing");
        input_.get();
        break;
      default:
        item_name();
    }
  } while (depth > 0);
}

std::string Lexer::rest() {
  std::string text;
  while (peek() != '\r') {
    const char c = input_.get();
    if (c == '\n' || c == '\0') input_.bad("a line holds a character that no line may hold");
    text += c;
  }
  line_end();
  return text;
}

void Lexer::skip_rest() {
  for (;;) {
    const std::string line = rest();
    // A line that ends in {n} goes on after n bytes (RFC 3501 section 4.3).
    const std::size_t open = line.ends_with('}') ? line.rfind('{') : std::string::npos;
    if (open == std::string::npos) return;
    const std::string_view digits = std::string_view(line).substr(open + 1, line.size() - open - 2);
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return;
    if (size > largest_small_literal) input_.bad("a literal that nobody asked for is too large");
    input_.pass(size, [](std::span<const char>) {});
  }
}

}  // namespace papertray
