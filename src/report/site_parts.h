// What the site's pages share. Internal to report/.
#pragma once

#include <string>
#include <vector>

#include "core/deadline.h"
#include "report/bibtex.h"
#include "report/site.h"

namespace papertray {

struct NamedDate {
  std::string id;    // "papers-due"
  std::string what;  // "Papers due"
  Deadline at;
  bool due = true;  // false: a day of the rules' own
};

// What is to be said beside it: the time in UTC, or that a bare day ends anywhere on earth; "" of a day
// on which nothing is due.
std::string date_remark(const NamedDate& date);

// The tracks' deadlines and the rules' own dates, in time order; the workshop's day is not among them.
std::vector<NamedDate> dates_of(const SiteView& view);
bool has_dates(const SiteView& view);
bool has_panels(const SiteView& view);

// "Saturday, 9 December 2017 · Long Beach, California"
std::string when_and_where(const SiteRules& site);

// Without addresses, never empty.
std::string title_of(const SitePaper& paper);
std::string short_size(std::uint64_t bytes);  // "212 kB"

BibPaper bib_paper(const SiteView& view, const SitePaper& paper);

std::string paper_page(const SiteView& view, std::size_t index);

}  // namespace papertray
