// HTML and SVG, written tag by tag, and the one place that escapes: with the writer there is no way to
// write text or an attribute that is not cleaned (core/page_text.h) and escaped, so nothing that a
// stranger wrote can become markup, whoever forgets what.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace papertray {

class HtmlWriter {
 public:
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  // <!DOCTYPE html><html lang="en"><head>, with what every page of ours has: charset, a viewport, and a
  // policy that forbids scripts and everything from elsewhere. `style` is the address of the style
  // sheet.
  static HtmlWriter page(std::string_view title, std::string_view style);

  // Tag and attribute names are ours. An attribute whose value is empty is left out, but for alt.
  HtmlWriter& open(std::string_view tag, Attributes attributes = {});
  HtmlWriter& close();                                                  // the innermost one
  HtmlWriter& empty(std::string_view tag, Attributes attributes = {});  // <meta>, <link>, <br>
  HtmlWriter& text(std::string_view text);                              // one line
  HtmlWriter& lines(std::string_view text);                             // within <pre>; blanks stay
  HtmlWriter& paragraphs(std::string_view text,
                         Attributes attributes = {});  // <p>, lines parted by <br>
  // open, text, close
  HtmlWriter& element(std::string_view tag, Attributes attributes, std::string_view text);
  HtmlWriter& element(std::string_view tag, std::string_view text) { return element(tag, {}, text); }
  HtmlWriter& link(std::string_view url, std::string_view text, Attributes attributes = {});

  // Closes what is open.
  std::string take();

 private:
  void attribute(std::string_view name, std::string_view value);
  void start_line(std::string_view tag);

  std::string out_;
  std::vector<std::string> open_;
};

// The same cleaning and escaping, for text within `"` and elsewhere.
std::string html_escaped(std::string_view text);

// For who writes a page without the writer and cleans by himself: what a character is written as, ""
// when as itself. An attribute stands within `"`, so `'` needs nothing.
std::string_view html_entity(char c);
// Escaped, not cleaned.
std::string with_entities(std::string_view text);

}  // namespace papertray
