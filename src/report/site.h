// The public site as files: one page, one for each accepted paper, BibTeX, a calendar, a style sheet.
// Pure. No scripts, nothing from elsewhere, no e-mail address of anybody (core/page_text.h cuts them
// out).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/site_rules.h"
#include "report/calendar.h"
#include "report/page_file.h"
#include "report/status.h"

namespace papertray {

struct SitePaper {
  std::string id = {};       // "P-7"
  std::string title = {};    // "" when it is not known
  std::string authors = {};  // names, parted by commas or line ends; "" when they are not known
  int poster = 0;            // 0: none
  std::string name = {};     // "P-007": papers/P-007.html and .pdf
  std::uint64_t size = 0;
};

struct SiteQuestion {
  std::string id;  // "Q-3"
  std::string text;
};

struct SiteView {
  std::string workshop = {};
  SiteRules site = {};
  std::vector<DeadlineRow> deadlines = {};
  std::vector<SitePaper> papers = {};  // in the order in which they are shown
  std::vector<std::vector<SiteQuestion>> questions =
      {};  // of panel 1, 2, ...; [] when they are not shown
};

// Everything but the PDFs, which lie at paper_pdf_path.
std::vector<PageFile> site_pages(const SiteView& view, Time now);

// papers.bib and dates.ics of the site.
std::string site_bibliography(const SiteView& view);
Calendar site_calendar(const SiteView& view);

std::string paper_page_path(const SitePaper& paper);  // "papers/P-007.html"
std::string paper_pdf_path(const SitePaper& paper);

// "P-007" of "P-7".
std::string paper_name(const std::string& id);

}  // namespace papertray
