#include "app/cmd_report.h"

#include <algorithm>
#include <memory>

#include "app/config.h"
#include "app/page_folder.h"
#include "app/pages_open.h"
#include "app/readers.h"
#include "app/signals.h"
#include "app/status_view.h"
#include "app/terminal.h"
#include "core/error.h"
#include "report/dashboard.h"
#include "report/written.h"

namespace papertray {
namespace {

Timeline timeline_of(const Rules& rules, const std::vector<Arrival>& arrivals) {
  Timeline timeline{.what = "papers", .first = {}, .all = {}, .deadline = std::nullopt};
  for (const Track& track : rules.tracks) {
    if (track.needs != Needs::pdf) continue;
    timeline.what = track.id;
    if (track.due) timeline.deadline = track.due->last;
    break;
  }
  std::vector<std::int64_t> seen;
  for (const Arrival& arrival : arrivals) {
    timeline.all.push_back(arrival.received);
    if (arrival.submission >= static_cast<std::int64_t>(seen.size()))
      seen.resize(static_cast<std::size_t>(arrival.submission) + 1);
    if (seen[static_cast<std::size_t>(arrival.submission)]++ == 0)
      timeline.first.push_back(arrival.received);
  }
  return timeline;
}

Spans latency_of(const std::vector<Answered>& answered) {
  Spans seconds;
  for (const Answered& one : answered)
    seconds.push_back(std::max<std::int64_t>(0, (one.sent - one.received).count()));
  return seconds;
}

}  // namespace

int cmd_report(const Globals& globals, const std::string& to) {
  const Config config = load_config(globals.config, globals.state);
  const Rules rules = present_rules(config);
  const Look look = look_of(globals, rules.timezone);
  PageFolder folder(to, "report", Audience::owner);
  DashboardView view;
  const std::unique_ptr<Reader> reader = open_reader_if_there(config);
  view.status = status_view(config, rules, reader.get(), look.now);
  view.timeline = timeline_of(rules, {});
  std::int64_t items = 0;
  if (reader) {
    const std::unique_ptr<PagesReader> pages = open_pages_if_there(config);
    view.timeline = timeline_of(rules, pages->arrivals());
    view.latency = latency_of(pages->answered());
    view.findings = pages->findings();
    view.papers = reader->papers({});
    view.questions = reader->questions({});
    ListFilter problems;
    problems.problems = true;
    view.outbox_problems = reader->outbox(problems);
    const auto write = [&](const std::string& id) {
      if (stop_asked()) throw Stopped();
      const PageFile page = submission_page(reader->submission(id).value(), look);
      folder.write(page.path, page.text);
      ++items;
    };
    for (const PaperRow& row : view.papers)
      write(row.id);
    for (const QuestionRow& row : view.questions)
      write(row.id);
  }
  for (const PageFile& file : dashboard_pages(view, look))
    folder.write(file.path, file.text);
  folder.publish();
  tell_written(globals, {.command = "report",
                         .to = folder.folder(),
                         .what = items == 1 ? "submission" : "submissions",
                         .items = items,
                         .files = static_cast<std::int64_t>(folder.files()),
                         .bytes = folder.bytes()});
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
