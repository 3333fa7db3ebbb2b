#include "core/authentication_results.h"

#include <algorithm>

#include "core/ascii.h"

namespace papertray {
namespace {

// More is no server's word; bounds what a hostile header costs.
constexpr std::size_t longest_value = 16 * 1024;
constexpr std::size_t most_methods = 100;
constexpr std::size_t most_properties = 50;

// RFC 2045's token, without the characters that separate here.
bool in_token(char c) {
  return static_cast<unsigned char>(c) > ' ' && c != '\x7f' &&
         std::string_view("()<>,;:\\\"[]?=").find(c) == std::string_view::npos;
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool at_end() const { return text_.empty(); }

  // White space and comments, nested ones too (RFC 5322 section 3.2.2). False: a comment has no end.
  bool skip() {
    std::size_t depth = 0, at = 0;
    for (; at < text_.size(); ++at) {
      const char c = text_[at];
      if (depth > 0 && c == '\\') {
        ++at;
      } else if (c == '(') {
        ++depth;
      } else if (depth > 0) {
        if (c == ')') --depth;
      } else if (!ascii::is_space(c)) {
        break;
      }
    }
    text_.remove_prefix(std::min(at, text_.size()));
    broken_ = broken_ || depth > 0;
    return !broken_;
  }

  bool take(char c) {
    if (!skip() || text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }

  bool next_is(char c) { return skip() && !text_.empty() && text_.front() == c; }

  // token / quoted-string; nullopt for anything else.
  std::optional<std::string> value() {
    if (!skip() || text_.empty()) return std::nullopt;
    return text_.front() == '"' ? quoted() : token("");
  }

  // A token without the characters of `but`.
  std::optional<std::string> token(std::string_view but) {
    if (!skip()) return std::nullopt;
    std::size_t end = 0;
    while (end < text_.size() && in_token(text_[end]) && but.find(text_[end]) == std::string_view::npos)
      ++end;
    if (end == 0) return std::nullopt;
    std::string found(text_.substr(0, end));
    text_.remove_prefix(end);
    return found;
  }

  // pvalue: as value(), but "@example.org" and what servers write unquoted ("<a@b>", "[192.0.2.1]",
  // "a=b@c") as well: everything up to a blank, a semicolon or a comment.
  std::optional<std::string> property_value() {
    if (!skip()) return std::nullopt;
    if (text_.empty() || text_.front() == ';') return "";  // "smtp.mailfrom=" of a bounce
    if (text_.front() == '"') {
      std::optional<std::string> local = quoted();
      // A quoted local part goes on with its domain.
      if (local && !text_.empty() && text_.front() == '@') *local += run();
      return local;
    }
    return run();
  }

 private:
  std::optional<std::string> quoted() {
    std::string out;
    for (std::size_t at = 1; at < text_.size(); ++at) {
      if (text_[at] == '"') {
        text_.remove_prefix(at + 1);
        return out;
      }
      if (text_[at] == '\\' && ++at == text_.size()) break;
      out += text_[at];
    }
    return std::nullopt;
  }

  std::string run() {
    std::size_t end = 0;
    while (end < text_.size() && !ascii::is_space(text_[end]) && text_[end] != ';' && text_[end] != '(')
      ++end;
    std::string found(text_.substr(0, end));
    text_.remove_prefix(end);
    return found;
  }

  std::string_view text_;
  bool broken_ = false;  // for good
};

// ptype "." property "=" pvalue, or the reason, which tells nothing to a machine.
bool read_property(Scanner& in, AuthMethod& method) {
  const std::optional<std::string> type = in.token(".");
  if (!type) return false;
  if (!in.take('.')) {
    // "reason=...", and words that are no property: Exchange's "action=none", "compauth=pass reason=1".
    return in.take('=') && in.property_value().has_value();
  }
  const std::optional<std::string> name = in.token("");
  if (!name || !in.take('=')) return false;
  const std::optional<std::string> value = in.property_value();
  if (!value) return false;
  if (method.properties.size() < most_properties)
    method.properties.push_back({ascii::lower(*type), ascii::lower(*name), *value});
  return true;
}

// method [ "/" version ] "=" result, then its properties.
bool read_method(Scanner& in, AuthResults& results) {
  AuthMethod method;
  const std::optional<std::string> name = in.token("/");
  if (!name) return false;
  if (in.take('/') && !in.token("")) return false;
  if (!in.take('=')) {
    // "none" alone: no method was tried.
    return ascii::same(*name, "none") && in.skip() && in.at_end() && results.methods.empty();
  }
  const std::optional<std::string> result = in.token("");
  if (!result) return false;
  method.method = ascii::lower(*name);
  method.result = ascii::lower(*result);
  while (in.skip() && !in.at_end() && !in.next_is(';'))
    if (!read_property(in, method)) return false;
  if (!in.skip() || results.methods.size() == most_methods) return false;
  results.methods.push_back(std::move(method));
  return true;
}

}  // namespace

std::string_view AuthMethod::property(std::string_view type, std::string_view name) const {
  for (const AuthProperty& one : properties)
    if (one.type == type && one.name == name) return one.value;
  return "";
}

std::optional<AuthResults> parse_authentication_results(std::string_view value) {
  if (value.size() > longest_value) return std::nullopt;
  AuthResults results;
  Scanner in(value);
  Scanner ahead = in;
  const std::optional<std::string> id = ahead.value();
  if (!id) return std::nullopt;
  if (!ahead.next_is('=') && !ahead.next_is('/')) {
    results.authserv_id = ascii::lower(*id);
    in = ahead;
    in.token("");  // the version, of which there is one
    if (!in.take(';')) return std::nullopt;
  }
  for (;;) {
    if (!read_method(in, results)) return std::nullopt;
    if (in.at_end()) return results;
    if (!in.take(';')) return std::nullopt;
    // A last semicolon with nothing behind it is common and harmless.
    if (in.skip() && in.at_end()) return results;
  }
}

}  // namespace papertray
