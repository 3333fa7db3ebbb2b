// BibTeX entries, UTF-8 (biber and newer BibTeX styles read it; letters outside ASCII are not spelt as
// macros).
#pragma once

#include <string>
#include <string_view>

namespace papertray {

struct BibPaper {
  std::string id = {};       // "P-7"
  std::string title = {};    // any text
  std::string authors = {};  // parted by commas, semicolons, "and" or line ends
  std::string workshop = {};
  std::string event = {};  // "NIPS 2017 workshop", or ""
  std::string place = {};
  std::string year = {};  // "2017", or ""
  std::string url = {};   // of the PDF, or ""
  int poster = 0;
};

// Ends with LF. The key is made of the first author's last name, the year and the id: lovelace2017p7.
std::string bibtex_entry(const BibPaper& paper);

// A stranger's text within braces: nothing in it is TeX any more.
std::string bibtex_escaped(std::string_view text);

}  // namespace papertray
