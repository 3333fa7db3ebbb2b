#include "report/bibtex.h"

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/ascii.h"
#include "core/page_text.h"
#include "report/authors.h"

namespace papertray {
namespace {

// The letters of ASCII in the last word of a name, in small.
std::string last_name(const std::string& author) {
  const std::size_t blank = author.rfind(' ');
  std::string out;
  for (const char c : blank == std::string::npos ? author : author.substr(blank + 1))
    if (ascii::is_alpha(c)) out += ascii::lower(c);
  return out;
}

std::string key_of(const BibPaper& paper, const std::vector<std::string>& authors) {
  std::string key = authors.empty() ? "" : last_name(authors.front());
  if (key.empty()) key = "paper";
  key += paper.year;
  for (const char c : paper.id)
    if (ascii::is_alpha(c) || ascii::is_digit(c)) key += ascii::lower(c);
  return key;
}

void add(std::string& out, std::string_view name, std::string_view value) {
  if (!value.empty()) out += fmt::format(",\n  {:<9} = {{{}}}", name, value);
}

}  // namespace

std::string bibtex_escaped(std::string_view text) {
  std::string out;
  for (const char c : page_line(text)) {
    switch (c) {
      case '\\':
        out += "\\textbackslash{}";
        break;
      case '~':
        out += "\\textasciitilde{}";
        break;
      case '^':
        out += "\\textasciicircum{}";
        break;
      case '{':
      case '}':  // a brace that is escaped still has to have its other one
        out += c == '{' ? "\\textbraceleft{}" : "\\textbraceright{}";
        break;
      case '&':
      case '%':
      case '$':
      case '#':
      case '_':
        out += '\\';
        [[fallthrough]];
      default:
        out += c;
    }
  }
  return out;
}

std::string bibtex_entry(const BibPaper& paper) {
  std::vector<std::string> authors = author_names(paper.authors);
  const std::string key = key_of(paper, authors);
  for (std::string& author : authors)
    author = bibtex_escaped(author);
  std::string out = "@inproceedings{" + key;
  // Doubled braces: styles would lower the capitals of a title.
  if (!paper.title.empty()) add(out, "title", "{" + bibtex_escaped(paper.title) + "}");
  add(out, "author", fmt::format("{}", fmt::join(authors, " and ")));
  add(out, "booktitle",
      bibtex_escaped(paper.event.empty() ? paper.workshop : paper.workshop + " (" + paper.event + ")"));
  add(out, "address", bibtex_escaped(paper.place));
  add(out, "year", paper.year);
  if (paper.poster > 0) add(out, "note", fmt::format("Poster {}", paper.poster));
  add(out, "url", paper.url);
  return out + "\n}\n";
}

}  // namespace papertray
