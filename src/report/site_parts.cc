#include "report/site_parts.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/page_text.h"
#include "report/authors.h"
#include "report/deadline_words.h"

namespace papertray {
namespace {

// "papers" and "due": "Papers due"; "final": "Final papers due".
std::string deadline_title(const DeadlineRow& row) {
  std::string what = row.kind == "final" ? "final copies of " + row.track : row.track;
  if (!what.empty() && what[0] >= 'a' && what[0] <= 'z')
    what[0] = static_cast<char>(what[0] - 'a' + 'A');
  return what + " due";
}

}  // namespace

std::vector<NamedDate> dates_of(const SiteView& view) {
  std::vector<NamedDate> dates;
  for (const DeadlineRow& row : view.deadlines)
    dates.push_back({.id = row.track + "-" + row.kind,
                     .what = deadline_title(row),
                     .at = {.text = row.text, .last = row.at, .remark = ""}});
  for (const SiteRules::Date& date : view.site.dates)
    dates.push_back({.id = file_words(date.what), .what = date.what, .at = date.at, .due = false});
  std::ranges::stable_sort(dates, {}, [](const NamedDate& date) { return date.at.last; });
  return dates;
}

std::string date_remark(const NamedDate& date) {
  constexpr std::size_t bare_day = 10;  // 2017-11-28
  if (date.at.text.size() > bare_day) return deadline_utc_words(date.at);
  return date.due ? "until that day ends anywhere on earth" : "";
}

bool has_dates(const SiteView& view) {
  return !view.deadlines.empty() || !view.site.dates.empty() || !view.site.date.empty();
}

bool has_panels(const SiteView& view) {
  return !view.site.panels.empty() ||
         std::ranges::any_of(view.questions, [](const auto& of) { return !of.empty(); });
}

std::string when_and_where(const SiteRules& site) {
  std::string text = site.date.empty() ? "" : deadline_words(site.date);
  if (!text.empty() && !site.place.empty()) text += " · ";
  return text + site.place;
}

std::string title_of(const SitePaper& paper) {
  std::string title = page_line(without_addresses(page_line(paper.title)));
  return title.empty() ? "Untitled paper " + paper.id : title;
}

std::string short_size(std::uint64_t bytes) {
  if (bytes < 1000) return fmt::format("{} bytes", bytes);
  if (bytes < 1'000'000) return fmt::format("{} kB", (bytes + 500) / 1000);
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

BibPaper bib_paper(const SiteView& view, const SitePaper& paper) {
  return {.id = paper.id,
          .title = title_of(paper),
          .authors = paper.authors,
          .workshop = view.workshop,
          .event = view.site.event,
          .place = view.site.place,
          .year = view.site.date.substr(0, std::min<std::size_t>(4, view.site.date.size())),
          .url = view.site.url.empty() ? "" : view.site.url + paper_pdf_path(paper),
          .poster = paper.poster};
}

Calendar site_calendar(const SiteView& view) {
  // Two workshops in one calendar must not overwrite each other.
  const std::string ours = file_words(view.workshop) + "-";
  Calendar calendar{.name = view.workshop, .events = {}};
  for (const NamedDate& date : dates_of(view))
    calendar.events.push_back({.id = ours + date.id,
                               .summary = date.what + ": " + view.workshop,
                               .text = date.due ? "Deadline: " + date.at.text : "",
                               .place = "",
                               .url = view.site.url,
                               .at = date.at.last,
                               .day = std::nullopt});
  if (!view.site.date.empty())
    calendar.events.push_back({.id = ours + "workshop",
                               .summary = view.workshop,
                               .text = view.site.event,
                               .place = view.site.place,
                               .url = view.site.url,
                               .at = {},
                               .day = view.site.date});
  return calendar;
}

}  // namespace papertray
