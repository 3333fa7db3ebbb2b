#include "log/json_text.h"

#include <algorithm>

#include "core/printable.h"

namespace papertray {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

bool is_utf8(std::string_view text) {
  const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
  return ascii || valid_utf8(text) == text;
}

}  // namespace

// Between two values of an array, and before a field that is not the first; a field's value follows its
// colon. No other state is needed: a text ends with a quote, whatever is in it.
void JsonText::comma() {
  if (out_.empty()) return;
  const char last = out_.back();
  if (last != '{' && last != '[' && last != ':') out_ += ',';
}

void JsonText::begin(char bracket) {
  comma();
  out_ += bracket;
}

void JsonText::key(std::string_view name) {
  comma();
  out_ += '"';
  out_ += name;
  out_ += "\":";
}

void JsonText::value(std::string_view text) {
  if (is_utf8(text)) {
    comma();
    quoted(text);
    return;
  }
  std::string hex;
  hex.reserve(2 * text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    hex += hex_digits[byte >> 4];
    hex += hex_digits[byte & 15];
  }
  begin_object();
  key("hex");
  quoted(hex);
  end_object();
}

void JsonText::value(Time time) {
  const std::string text = rfc3339(time);
  if (parse_rfc3339(text) == time)
    value(std::string_view(text));
  else
    value(time.time_since_epoch().count());
}

void JsonText::value(double number) {
  comma();
  out_ += fmt::format("{:.2f}", number);
}

// RFC 8259 section 7: the quote, the backslash and the controls below U+0020 are escaped, nothing else
// needs to be.
void JsonText::quoted(std::string_view utf8) {
  out_ += '"';
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out_ += '\\';
      out_ += c;
    } else if (c == '\n') {
      out_ += "\\n";
    } else if (c == '\r') {
      out_ += "\\r";
    } else if (c == '\t') {
      out_ += "\\t";
    } else if (byte < 0x20) {
      out_ += "\\u00";
      out_ += hex_digits[byte >> 4];
      out_ += hex_digits[byte & 15];
    } else {
      out_ += c;
    }
  }
  out_ += '"';
}

}  // namespace papertray
