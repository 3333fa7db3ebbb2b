#include "report/site.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/page_text.h"
#include "core/printable.h"
#include "report/authors.h"
#include "report/bibtex.h"
#include "report/deadline_words.h"
#include "report/html.h"
#include "report/page_style.h"
#include "report/site_parts.h"

namespace papertray {
namespace {

// A title of 10,000 characters is whole on its own page; in the list it ends here.
constexpr std::size_t longest_title = 240;
constexpr std::size_t longest_authors = 400;
constexpr std::size_t longest_question = 1'200;

// Mail programs break lines where no line ends; an empty line is a paragraph's end.
std::string question_words(std::string_view given) {
  const std::string text = page_lines(without_addresses(given));
  std::string out;
  std::size_t shown = 0;
  for (std::string_view rest = text; !rest.empty() && shown < longest_question;) {
    const std::size_t end = std::min(rest.find("\n\n"), rest.size());
    const std::string one = cut_to(page_line(rest.substr(0, end)), longest_question - shown);
    rest.remove_prefix(std::min(end + 2, rest.size()));
    shown += columns(one);
    out += (out.empty() ? "" : "\n\n") + one;
  }
  return out;
}

void write_date(HtmlWriter& html, const NamedDate& date) {
  html.open("div").element("dt", date.what).open("dd");
  html.element("time", {{"datetime", rfc3339(date.at.last)}}, deadline_words(date.at.text));
  if (const std::string more = date_remark(date); !more.empty())
    html.element("span", {{"class", "utc"}}, more);
  html.close().close();
}

void write_dates(HtmlWriter& html, const SiteView& view) {
  html.open("section", {{"aria-labelledby", "dates"}});
  html.element("h2", {{"id", "dates"}}, "Dates");
  html.open("dl", {{"class", "dates"}});
  for (const NamedDate& date : dates_of(view))
    write_date(html, date);
  if (!view.site.date.empty()) {
    html.open("div").element("dt", "Workshop").open("dd");
    html.element("time", {{"datetime", view.site.date}}, deadline_words(view.site.date));
    html.close().close();
  }
  html.close().close();
}

void write_paper(HtmlWriter& html, const SitePaper& paper) {
  const std::string title = cut_to(title_of(paper), longest_title);
  html.open("li", {{"id", paper.id}});
  if (paper.poster > 0) {
    html.open("p", {{"class", "poster"}}).element("span", "Poster ");
    html.text(fmt::format("{}", paper.poster)).close();
  }
  html.open("div", {{"class", "about"}}).open("h3", {{"dir", "auto"}});
  html.link(paper_page_path(paper), title).close();
  const std::string authors = cut_to(authors_line(paper.authors), longest_authors);
  if (!authors.empty()) html.element("p", {{"class", "authors"}, {"dir", "auto"}}, authors);
  html.open("p", {{"class", "files"}});
  html.link(paper_pdf_path(paper), "PDF", {{"aria-label", "PDF: " + title}});
  html.element("span", {{"class", "size"}}, " " + short_size(paper.size));
  html.link(paper_page_path(paper) + "#bibtex", "BibTeX", {{"aria-label", "BibTeX: " + title}});
  html.close().close().close();
}

void write_papers(HtmlWriter& html, const SiteView& view) {
  html.open("section", {{"aria-labelledby", "papers"}});
  html.open("h2", {{"id", "papers"}}).text("Accepted papers ");
  if (!view.papers.empty())
    html.element("span", {{"class", "count"}}, fmt::format("{}", view.papers.size()));
  html.close();
  if (view.papers.empty()) {
    html.element("p", {{"class", "later"}}, "The accepted papers will be listed here.");
  } else {
    html.open("ol", {{"class", "papers"}});
    for (const SitePaper& paper : view.papers)
      write_paper(html, paper);
    html.close();
  }
  html.close();
}

void write_program(HtmlWriter& html, const SiteView& view) {
  html.open("section", {{"aria-labelledby", "program"}});
  html.element("h2", {{"id", "program"}}, "Program");
  if (view.site.program.empty()) {
    html.element("p", {{"class", "later"}}, "The program follows.").close();
    return;
  }
  html.open("ol", {{"class", "program"}});
  for (const SiteRules::Session& session : view.site.program) {
    html.open("li").element("span", {{"class", "time"}}, session.time);
    html.open("span", {{"class", "what"}}).text(session.what).close();
    if (!session.who.empty()) html.element("span", {{"class", "who"}}, " " + session.who);
    html.close();
  }
  html.close().close();
}

void write_panels(HtmlWriter& html, const SiteView& view) {
  if (!has_panels(view)) return;
  html.open("section", {{"aria-labelledby", "panels"}});
  html.element("h2", {{"id", "panels"}}, "Panels");
  const std::size_t all = std::max(view.site.panels.size(), view.questions.size());
  for (std::size_t panel = 0; panel < all; ++panel) {
    const bool told = panel < view.site.panels.size();
    html.element("h3", told ? view.site.panels[panel].title : fmt::format("Panel {}", panel + 1));
    if (told && !view.site.panels[panel].who.empty())
      html.element("p", {{"class", "who"}}, view.site.panels[panel].who);
    if (panel >= view.questions.size() || view.questions[panel].empty()) continue;
    html.open("ul", {{"class", "questions"}});
    for (const SiteQuestion& question : view.questions[panel]) {
      html.open("li", {{"id", question.id}});
      html.paragraphs(question_words(question.text), {{"dir", "auto"}}).close();
    }
    html.close();
  }
  html.close();
}

void write_head(HtmlWriter& html, const SiteView& view) {
  html.open("header", {{"class", "top"}});
  if (!view.site.event.empty()) html.element("p", {{"class", "event"}}, view.site.event);
  html.element("h1", view.workshop);
  if (const std::string when = when_and_where(view.site); !when.empty())
    html.element("p", {{"class", "when"}}, when);
  for (const std::string& paragraph : view.site.about)
    html.element("p", {{"class", "intro"}}, paragraph);
  html.open("nav", {{"aria-label", "On this page"}}).open("ul");
  const auto item = [&](std::string_view to, std::string_view text) {
    html.open("li").link(to, text).close();
  };
  if (has_dates(view)) item("#dates", "Dates");
  item("#papers", "Papers");
  item("#program", "Program");
  if (has_panels(view)) item("#panels", "Panels");
  for (const SiteRules::Link& link : view.site.links)
    item(link.url, link.text);
  html.close().close().close();
}

void write_foot(HtmlWriter& html, const SiteView& view) {
  html.open("footer").open("ul");
  if (!view.papers.empty()) html.open("li").link("papers.bib", "All papers as BibTeX").close();
  if (has_dates(view)) html.open("li").link("dates.ics", "The dates as a calendar").close();
  if (view.papers.empty() && !has_dates(view)) html.element("li", view.workshop);
  html.close().close();
}

std::string index_page(const SiteView& view) {
  HtmlWriter html = HtmlWriter::page(view.workshop, "style.css");
  html.empty("link", {{"rel", "canonical"}, {"href", view.site.url}});
  html.close().open("body");
  html.link("#papers", "Skip to the papers", {{"class", "skip"}});
  write_head(html, view);
  html.open("main");
  if (has_dates(view)) write_dates(html, view);
  write_papers(html, view);
  write_program(html, view);
  write_panels(html, view);
  html.close();
  write_foot(html, view);
  return html.take();
}

}  // namespace

std::string paper_name(const std::string& id) {
  const std::size_t hyphen = id.rfind('-');
  if (hyphen == std::string::npos) return id;
  std::string number = id.substr(hyphen + 1);
  if (number.size() < 3) number.insert(0, 3 - number.size(), '0');
  return id.substr(0, hyphen + 1) + number;
}

std::string paper_page_path(const SitePaper& paper) {
  return "papers/" + paper.name + ".html";
}
std::string paper_pdf_path(const SitePaper& paper) {
  return "papers/" + paper.name + ".pdf";
}

std::string site_bibliography(const SiteView& view) {
  std::string text;
  for (const SitePaper& paper : view.papers)
    text += bibtex_entry(bib_paper(view, paper)) + "\n";
  return text;
}

std::vector<PageFile> site_pages(const SiteView& view, Time now) {
  std::vector<PageFile> files;
  files.push_back({"index.html", index_page(view)});
  files.push_back({"style.css", std::string(site_style())});
  for (std::size_t i = 0; i < view.papers.size(); ++i)
    files.push_back({paper_page_path(view.papers[i]), paper_page(view, i)});
  if (!view.papers.empty()) files.push_back({"papers.bib", site_bibliography(view)});
  if (has_dates(view)) files.push_back({"dates.ics", calendar_text(site_calendar(view), now)});
  return files;
}

}  // namespace papertray
