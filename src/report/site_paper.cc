// The page of one paper.
#include <fmt/format.h>

#include "core/printable.h"
#include "report/authors.h"
#include "report/html.h"
#include "report/site_parts.h"

namespace papertray {
namespace {

// What scholarly search engines read (the tags that Google Scholar documents).
void write_citation(HtmlWriter& html, const SiteView& view, const SitePaper& paper) {
  const auto meta = [&](std::string_view name, std::string_view content) {
    if (!content.empty()) html.empty("meta", {{"name", name}, {"content", content}});
  };
  meta("citation_title", title_of(paper));
  for (const std::string& author : author_names(paper.authors))
    meta("citation_author", author);
  if (!view.site.date.empty()) {
    std::string date = view.site.date;
    for (char& c : date)
      if (c == '-') c = '/';
    meta("citation_publication_date", date);
  }
  meta("citation_conference_title", view.workshop);
  if (view.site.url.empty()) return;
  meta("citation_pdf_url", view.site.url + paper_pdf_path(paper));
  html.empty("link", {{"rel", "canonical"}, {"href", view.site.url + paper_page_path(paper)}});
}

void write_neighbours(HtmlWriter& html, const SiteView& view, std::size_t index) {
  if (view.papers.size() < 2) return;
  html.open("nav", {{"class", "around"}, {"aria-label", "Other papers"}}).open("ul");
  const auto item = [&](std::size_t other, const char* kind, const char* word) {
    const SitePaper& paper = view.papers[other];
    html.open("li", {{"class", kind}}).element("span", {{"class", "label"}}, word);
    html.link(paper.name + ".html", cut_to(title_of(paper), 80), {{"dir", "auto"}, {"rel", kind}});
    html.close();
  };
  if (index > 0) item(index - 1, "prev", "Previous");
  if (index + 1 < view.papers.size()) item(index + 1, "next", "Next");
  html.close().close();
}

}  // namespace

std::string paper_page(const SiteView& view, std::size_t index) {
  const SitePaper& paper = view.papers[index];
  const std::string title = title_of(paper);
  HtmlWriter html = HtmlWriter::page(cut_to(title, 120) + " · " + view.workshop, "../style.css");
  write_citation(html, view, paper);
  html.close().open("body", {{"class", "paper"}});
  html.open("header", {{"class", "top"}}).open("p", {{"class", "home"}});
  html.link("../index.html#" + paper.id, view.workshop).close().close();

  html.open("main").open("article");
  if (paper.poster > 0) html.element("p", {{"class", "event"}}, fmt::format("Poster {}", paper.poster));
  html.element("h1", {{"dir", "auto"}}, title);
  if (const std::string authors = authors_line(paper.authors); !authors.empty())
    html.element("p", {{"class", "authors"}, {"dir", "auto"}}, authors);
  html.open("p", {{"class", "files"}});
  html.link(paper.name + ".pdf", "PDF, " + short_size(paper.size), {{"class", "button"}}).close();

  html.open("section", {{"aria-labelledby", "bibtex"}});
  html.element("h2", {{"id", "bibtex"}}, "BibTeX");
  html.open("pre");
  html.lines(bibtex_entry(bib_paper(view, paper))).close().close();
  html.close().close();
  write_neighbours(html, view, index);
  return html.take();
}

}  // namespace papertray
