#include "app/cmd_site.h"

#include <memory>
#include <vector>

#include "app/config.h"
#include "app/page_folder.h"
#include "app/pages_open.h"
#include "app/readers.h"
#include "app/signals.h"
#include "app/terminal.h"
#include "app/workspace.h"
#include "core/error.h"
#include "report/site.h"
#include "report/written.h"

namespace papertray {
namespace {

std::vector<std::vector<SiteQuestion>> by_panel(const std::vector<PanelQuestion>& questions) {
  std::vector<std::vector<SiteQuestion>> panels;
  for (const PanelQuestion& question : questions) {
    if (panels.size() < static_cast<std::size_t>(question.panel))
      panels.resize(static_cast<std::size_t>(question.panel));
    panels[static_cast<std::size_t>(question.panel) - 1].push_back({question.id, question.text});
  }
  return panels;
}

}  // namespace

SiteView site_view(const Rules& rules, const std::vector<AcceptedPaper>& papers,
                   const std::vector<PanelQuestion>& questions) {
  SiteView view{.workshop = rules.workshop,
                .site = rules.site,
                .deadlines = deadline_rows(rules),
                .papers = {},
                .questions = {}};
  for (const AcceptedPaper& paper : papers)
    view.papers.push_back({.id = paper.id,
                           .title = paper.title,
                           .authors = paper.authors,
                           .poster = rules.site.posters ? paper.place : 0,
                           .name = paper_name(paper.id),
                           .size = paper.size});
  if (rules.site.questions) view.questions = by_panel(questions);
  return view;
}

int cmd_site(const Globals& globals, const std::string& to) {
  const Config config = load_config(globals.config, globals.state);
  const Rules rules = present_rules(config);
  PageFolder folder(to, "site", Audience::everybody);
  std::vector<AcceptedPaper> papers;
  std::vector<PanelQuestion> questions;
  // Before the first mail there are dates to show, and that is no error.
  if (const std::unique_ptr<PagesReader> reader = open_pages_if_there(config)) {
    papers = reader->accepted();
    questions = reader->panel_questions();
  }
  const SiteView view = site_view(rules, papers, questions);
  for (const PageFile& file : site_pages(view, look_of(globals, rules.timezone).now))
    folder.write(file.path, file.text);
  for (std::size_t i = 0; i < papers.size(); ++i) {
    if (stop_asked()) throw Stopped();
    folder.copy(papers_path(config) + "/" + papers[i].file, paper_pdf_path(view.papers[i]),
                papers[i].size, papers[i].sha256);
  }
  folder.publish();
  tell_written(globals, {.command = "site",
                         .to = folder.folder(),
                         .what = papers.size() == 1 ? "accepted paper" : "accepted papers",
                         .items = static_cast<std::int64_t>(papers.size()),
                         .files = static_cast<std::int64_t>(folder.files()),
                         .bytes = folder.bytes()});
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
