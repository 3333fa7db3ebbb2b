// HTML as a person would read it aloud: text, line breaks where blocks end, pictures by their alt text. What is
// quoted has "> " before each line, as in plain text, so that one reading serves both (core/reply_text.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace papertray {

// To be called once, before the sandbox stands.
void prepare_html();

struct HtmlText {
  std::string text;                // LF line ends, no blank at a line's end
  std::vector<std::string> links;  // href values, as written, at most caps::links
  std::string note;                // what was left out, or ""
};

// `html` is valid UTF-8 without NUL (what its <meta> says of a charset is not asked).
HtmlText html_to_text(std::string_view html);

// The charset that a <meta> in the first 1,024 bytes names, or "": for a part without one of its own.
std::string charset_in_html(std::string_view bytes);

}  // namespace papertray
