#include "inspect/header_end.h"

#include <algorithm>
#include <string>

#include "core/ascii.h"
#include "inspect/plain_text.h"

namespace papertray {
namespace {

constexpr std::size_t none = std::string_view::npos;

// RFC 5322 section 2.2: printable characters but the colon. A URL at a line's beginning is no field.
bool is_field(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == 0 || colon == none || line.substr(colon).starts_with("://")) return false;
  return std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon),
                     [](char c) { return c > ' ' && c < '\x7F'; });
}

// Broken headers end in such lines, too: unfolded ones, and what an mbox does to a line of its own.
bool is_continuation(std::string_view line) {
  return line.front() == ' ' || line.front() == '\t' || line.starts_with(">From ");
}

// RFC 2046 section 5.1.1: `--` and the border that the header itself names.
bool is_border_of(std::string_view header, std::string_view line) {
  const std::string border(trim(line.substr(2)));
  if (border.empty()) return false;
  return header.find("=" + border) != none || header.find("=\"" + border + "\"") != none;
}

bool says_base64(std::string_view field) {
  return ascii::starts_with(field, "content-transfer-encoding:") &&
         lower_ascii(field).find("base64") != std::string::npos;
}

}  // namespace

std::size_t body_without_empty_line(std::string_view text) {
  std::size_t body = none;
  bool fields = false;
  bool base64 = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (line.empty() || line == "\r") return body;
    if (line.starts_with("--")) {
      return body == none && fields && is_border_of(text.substr(0, at), line) ? at : body;
    } else if (is_field(line)) {
      if (body != none) return none;
      fields = true;
      base64 = base64 || says_base64(line);
    } else if (body == none && !is_continuation(line)) {
      // Rather a last field that somebody broke than a body that is no base64.
      if (!fields || (base64 && line.find_first_of(" \t") != none)) return none;
      body = at;
    }
    at = end + 1;
  }
  return body;
}

}  // namespace papertray
