// What a call for papers wants papers to look like, as data. A style is a file of its own
// (docs/styles.md explains every field); app/style_file.h reads it.
//
// Lengths are points (1/72 in).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace papertray {

struct PaperStyle {
  std::string id;       // "nips2017": what --style and the rules call it
  std::string name;     // "NIPS 2017", as authors are told
  std::string version;  // changes with every change of the file; results are kept by it

  // [page]
  std::string paper;  // "US Letter"
  double width = 0, height = 0;
  double size_tolerance = 3;

  // [block]: where the text stands.
  double left = 0, top = 0, block_width = 0, block_height = 0;
  double width_tolerance = 9;
  double left_tolerance = 9;
  double height_tolerance = 9;
  double first_page_more = 0;  // so much taller may page 1 be
  double height_error = 24;    // from here on, or from so many lines on, it is an error
  int height_error_lines = 3;
  int columns = 1;

  // [body]
  double size = 0, leading = 0;  // what is asked for
  double size_error_below = 0, size_warn_above = 0;
  double leading_warn_below = 0, leading_error_below = 0;
  std::string family;                     // "Times", as authors are told
  std::vector<std::string> family_fonts;  // parts of font names, small letters and digits alone

  // [limit]
  int pages = 0;           // 0: none
  bool count_all = false;  // else up to the first of these headings
  std::vector<std::string> stop_headings;
  int lines_over = 3;  // so many lines over the limit are a warning only

  // [margin]: text that sticks out of the block sideways.
  double margin_note = 5, margin_warn = 18;
};

// A font's name as family_fonts has it: "ABCDEF+Nimbus Roman No9 L" -> "nimbusromanno9l".
std::string plain_font_name(std::string_view name);

// A heading without number, blanks and punctuation, small: "7. R EFERENCES" -> "references".
std::string plain_heading(std::string_view text);

}  // namespace papertray
