#include "inspect/borders.h"

#include <algorithm>

#include "inspect/plain_text.h"

namespace papertray {
namespace {

// RFC 2046 section 5.1.1 allows 70 characters.
constexpr std::size_t longest_border = 200;
constexpr std::string_view ours = "=_papertray_found_these_parts";

struct Line {
  std::string_view text;  // without its end
  std::string_view end_mark = "\n";
  std::size_t end = 0;  // behind its end
};

Line line_at(std::string_view all, std::size_t at) {
  const std::size_t end = std::min(all.find('\n', at), all.size());
  Line line{all.substr(at, end - at), "\n", std::min(end + 1, all.size())};
  if (line.text.ends_with('\r')) {
    line.text.remove_suffix(1);
    line.end_mark = "\r\n";
  }
  return line;
}

bool begins_content_field(std::string_view line) {
  constexpr std::string_view field = "content-";
  return line.size() > field.size() && same_ascii(line.substr(0, field.size()), field) &&
         line.find(':') != std::string_view::npos;
}

// What stands behind `--` at the beginning of the line, without blanks at its end; "" for another line.
std::string_view border_in(std::string_view line) {
  if (!line.starts_with("--")) return {};
  line.remove_prefix(2);
  line = line.substr(0, line.find_last_not_of(" \t") + 1);
  const bool only_dashes = line.find_first_not_of('-') == std::string_view::npos;
  return only_dashes || line.size() > longest_border ? std::string_view() : line;
}

bool is_declared(std::string_view line, std::string_view declared) {
  return line.starts_with("--") && line.substr(2).starts_with(declared);
}

struct Border {
  std::string_view text;
  bool declared = false;
};

Border find_border(std::string_view all, std::string_view declared) {
  std::string_view guess;
  std::string_view before;
  for (std::size_t at = 0; at < all.size();) {
    const Line line = line_at(all, at);
    if (!declared.empty() && is_declared(line.text, declared)) return {declared, true};
    if (guess.empty() && begins_content_field(line.text)) guess = border_in(before);
    before = line.text;
    at = line.end;
  }
  return {guess, false};
}

}  // namespace

std::string with_plain_borders(std::string_view text, std::string_view declared, std::string_view type) {
  const Border border = find_border(text, declared);
  if (border.text.empty() || text.find(ours) != std::string_view::npos) return "";
  std::string out;
  out.reserve(text.size() + 1000);
  out.append("Content-Type: ").append(type).append("; boundary=\"").append(ours).append("\"\n\n");
  for (std::size_t at = 0; at < text.size();) {
    const Line line = line_at(text, at);
    const bool begins = is_declared(line.text, border.text);
    const std::string_view behind = begins ? line.text.substr(2 + border.text.size()) : line.text;
    const bool is_border = begins && (border.declared || trim(behind).empty() || trim(behind) == "--");
    if (is_border)
      out.append("--").append(ours).append(behind.starts_with("--") ? "--" : "").append(line.end_mark);
    else
      out += text.substr(at, line.end - at);
    at = line.end;
  }
  return out;
}

}  // namespace papertray
