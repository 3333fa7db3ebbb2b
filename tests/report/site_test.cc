// The public pages: what stands on them, and what never does.
#include "report/site.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "report/authors.h"
#include "report/bibtex.h"
#include "report/calendar.h"
#include "report/golden.h"
#include "report/html.h"
#include "report/pages_samples.h"
#include "report/samples.h"

namespace papertray {
namespace {

std::string file_of(const std::vector<PageFile>& files, const std::string& path) {
  for (const PageFile& file : files)
    if (file.path == path) return file.text;
  return "";
}

}  // namespace

TEST_CASE("the site as it is") {
  const std::vector<PageFile> files = site_pages(sample::site(), sample::now());
  std::vector<std::string> paths;
  for (const PageFile& file : files)
    paths.push_back(file.path);
  CHECK(paths == std::vector<std::string>{"index.html", "style.css", "papers/P-001.html",
                                          "papers/P-002.html", "papers.bib", "dates.ics"});
  for (const char* path : {"index.html", "papers/P-001.html", "papers.bib", "dates.ics"}) {
    std::string name = path;
    std::ranges::replace(name, '/', '-');
    check_golden("pages/site-" + name, file_of(files, path));
  }
}

TEST_CASE("a site without papers, program and dates says so") {
  const std::vector<PageFile> files = site_pages({.workshop = "W"}, sample::now());
  CHECK(files.size() == 2);
  const std::string page = file_of(files, "index.html");
  CHECK(page.find("The accepted papers will be listed here.") != std::string::npos);
  CHECK(page.find("The program follows.") != std::string::npos);
  CHECK(page.find("Dates") == std::string::npos);
}

TEST_CASE("what a stranger writes is text, everywhere") {
  const std::string attack = "</title></pre><script>alert(1)</script>\"'&<!-- \u202E eve@example.org";
  SiteView view = sample::site();
  for (SitePaper& paper : view.papers)
    paper.title = paper.authors = attack;
  view.questions = {{{.id = "Q-1", .text = attack}}};
  for (const PageFile& file : site_pages(view, sample::now())) {
    CAPTURE(file.path);
    if (file.path.ends_with(".html")) {
      CHECK(file.text.find("<script") == std::string::npos);
      CHECK(file.text.find("<!--") == std::string::npos);
    }
    CHECK(file.text.find("\u202E") == std::string::npos);
    CHECK(file.text.find("eve@example.org") == std::string::npos);
  }
}

TEST_CASE("the writer escapes text and attributes") {
  HtmlWriter html;
  html.open("p", {{"title", "a\"b<c>&'"}, {"class", ""}}).text(" x<y> & \"z\" ").close();
  CHECK(html.take() ==
        "<p title=\"a&quot;b&lt;c&gt;&amp;'\"> x&lt;y&gt; &amp; &quot;z&quot; </p>\n");
  HtmlWriter open;
  open.open("div").open("p").text("x");
  CHECK(open.take() == "<div>\n<p>x</p>\n</div>\n");
  CHECK_THROWS_AS(HtmlWriter().close(), std::logic_error);
}

TEST_CASE("paragraphs and lines") {
  HtmlWriter html;
  html.paragraphs("a\nb\r\n\n\n\nc <d>");
  CHECK(html.take() == "<p>a<br>b</p>\n<p>c &lt;d&gt;</p>\n");
  HtmlWriter pre;
  pre.open("pre").lines("x = {\n  y & z\n}\n").close();
  CHECK(pre.take() == "<pre>x = {\n  y &amp; z\n}\n</pre>\n");
}

TEST_CASE("BibTeX: nothing in a title is TeX") {
  const std::string entry = bibtex_entry({.id = "P-7",
                                          .title = "100% of {x_i} \\input{/etc/passwd} & #1 ~$^",
                                          .authors = "Ada Lovelace, Karl Weierstraß and 山田 太郎",
                                          .workshop = "W",
                                          .event = "E 2017",
                                          .place = "",
                                          .year = "2017",
                                          .url = "",
                                          .poster = 3});
  CHECK(entry ==
        "@inproceedings{lovelace2017p7,\n"
        "  title     = {{100\\% of \\textbraceleft{}x\\_i\\textbraceright{} "
        "\\textbackslash{}input\\textbraceleft{}/etc/passwd\\textbraceright{} \\& \\#1 "
        "\\textasciitilde{}\\$\\textasciicircum{}}},\n"
        "  author    = {Ada Lovelace and Karl Weierstraß and 山田 太郎},\n"
        "  booktitle = {W (E 2017)},\n"
        "  year      = {2017},\n"
        "  note      = {Poster 3}\n"
        "}\n");
  CHECK(bibtex_entry({.id = "P-8", .title = "T", .authors = "", .workshop = "W", .year = "2017"})
            .starts_with("@inproceedings{paper2017p8,\n"));
}

TEST_CASE("a calendar is RFC 5545: CRLF, folded at 75 bytes within no character, escaped") {
  Calendar calendar{.name = "W", .events = {}};
  std::string wide;
  for (int i = 0; i < 60; ++i)
    wide += "深";
  calendar.events.push_back({.id = "due",
                             .summary = wide + "; a, b \\ c\nd",
                             .text = "",
                             .place = "",
                             .url = "",
                             .at = sample::at("2017-11-04T00:59:59Z"),
                             .day = std::nullopt});
  calendar.events.push_back(
      {.id = "day", .summary = "S", .text = "", .place = "", .url = "", .at = {}, .day = "2017-12-31"});
  const std::string text = calendar_text(calendar, sample::now());
  std::string unfolded;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find("\r\n", at);
    REQUIRE(end != std::string::npos);
    const std::string line = text.substr(at, end - at);
    CHECK(line.size() <= 75);
    CHECK(line.find('\n') == std::string::npos);
    CHECK((static_cast<unsigned char>(line[line[0] == ' ' ? 1 : 0]) & 0xC0) != 0x80);
    if (line[0] == ' ')
      unfolded.insert(unfolded.size() - 2, line.substr(1));
    else
      unfolded += line + "\r\n";
    at = end + 2;
  }
  CHECK(unfolded.find("\r\nSUMMARY:" + wide + "\\; a\\, b \\\\ c\\nd\r\n") != std::string::npos);
  CHECK(unfolded.find("\r\nDTSTART:20171104T005959Z\r\n") != std::string::npos);
  CHECK(unfolded.find("\r\nDTSTART;VALUE=DATE:20171231\r\nDTEND;VALUE=DATE:20180101\r\n") !=
        std::string::npos);
}

TEST_CASE("authors are read from a paper's block where it is clear who they are") {
  const std::pair<const char*, const char*> rows[] = {
      {"Ada Lovelace\nUniversity of London\nada@example.org", "Ada Lovelace"},
      {"Ada Lovelace1, Charles Babbage2*\n1 Analytical Engines Ltd\n2 Cambridge",
       "Ada Lovelace, Charles Babbage"},
      {"Ludwig van Beethoven and 山田 太郎\nETH Zurich\n{lvb,ty}@ethz.ch",
       "Ludwig van Beethoven, 山田 太郎"},
      {"Anonymous Author(s)\nAffiliation\nAddress\nemail", "Submitter"},
      {"Department of Physics\nMIT", "Submitter"},
      {"", "Submitter"},
      {"<script>alert(1)</script>", "Submitter"},
  };
  for (const auto& [block, authors] : rows) {
    CAPTURE(block);
    CHECK(authors_of_paper(block, "Submitter") == authors);
  }
}

}  // namespace papertray
