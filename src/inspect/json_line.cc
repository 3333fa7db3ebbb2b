#include "inspect/json_line.h"

#include <cmath>

#include <fmt/format.h>

namespace papertray {

void JsonLine::comma() {
  if (!first_) out_ += ',';
  first_ = false;
}

JsonLine& JsonLine::open(char bracket) {
  comma();
  out_ += bracket;
  first_ = true;
  return *this;
}

JsonLine& JsonLine::close(char bracket) {
  out_ += bracket;
  first_ = false;
  return *this;
}

JsonLine& JsonLine::key(std::string_view name) {
  text(name);
  out_ += ':';
  first_ = true;
  return *this;
}

// RFC 8259 section 7: quotation mark, backslash and control characters are escaped.
JsonLine& JsonLine::text(std::string_view value) {
  comma();
  out_ += '"';
  for (const char c : value) {
    if (static_cast<unsigned char>(c) < 0x20)
      out_ += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    else if (c == '"' || c == '\\')
      (out_ += '\\') += c;
    else
      out_ += c;
  }
  out_ += '"';
  return *this;
}

JsonLine& JsonLine::number(std::int64_t value) {
  comma();
  out_ += std::to_string(value);
  return *this;
}

JsonLine& JsonLine::length(double points) {
  comma();
  // A double, always: the reader of the answer tells kinds of numbers apart.
  out_ += std::isfinite(points) && std::abs(points) < 1e12 ? fmt::format("{:.3f}", points) : "0.000";
  return *this;
}

JsonLine& JsonLine::flag(bool value) {
  comma();
  out_ += value ? "true" : "false";
  return *this;
}

}  // namespace papertray
