#include "report/pages_samples.h"

#include "report/samples.h"

namespace papertray::sample {

SiteView site() {
  SiteView view;
  view.workshop = rules().workshop;
  view.site.event = "NIPS 2017 workshop";
  view.site.date = "2017-12-09";
  view.site.place = "Long Beach, California";
  view.site.url = "https://example.org/dlsc/";
  view.site.about = {"How far does it scale?"};
  view.site.links = {{.text = "NIPS", .url = "https://nips.cc/?a=1&b=2"}};
  view.site.dates = {{.what = "Decisions", .at = parse_deadline("2017-11-10", "UTC")}};
  view.site.program = {{.time = "9:00", .what = "Opening", .who = "The organizers"},
                       {.time = "", .what = "Posters", .who = ""}};
  view.site.panels = {{.title = "Algorithms", .who = "Ada, Bob"}};
  view.deadlines = deadline_rows(rules());
  view.papers = {{.id = "P-1",
                  .title = "Large Batches & <Small> Minds",
                  .authors = "Ada Lovelace <ada@example.org>, Charles Babbage",
                  .poster = 1,
                  .name = "P-001",
                  .size = 212'345},
                 {.id = "P-2", .title = "", .authors = "", .poster = 2, .name = "P-002", .size = 999}};
  view.questions = {{{.id = "Q-1", .text = "Why?\n\nAnd how?"}}, {}};
  return view;
}

DashboardView dashboard() {
  DashboardView view;
  view.status = status();
  view.papers = papers();
  view.questions = questions();
  view.outbox_problems = outbox();
  view.latency = {1, 2, 3, 4, 70};
  view.findings = {{.check = "page-limit", .severity = "error", .papers = 3},
                   {.check = "margin", .severity = "warn", .papers = 1}};
  for (const char* received : {"2017-10-20T12:00:00Z", "2017-11-02T08:30:00Z", "2017-11-03T22:00:00Z"})
    view.timeline.first.push_back(at(received));
  view.timeline.what = "papers";
  view.timeline.all = view.timeline.first;
  view.timeline.all.push_back(at("2017-11-04T01:10:00Z"));
  view.timeline.deadline = at("2017-11-04T00:59:59Z");
  return view;
}

ReplayView replay() {
  ReplayedMail was;
  was.id = "M-2";
  was.sha256 = "2";
  was.from = "bob@example.org";
  was.subject = "Supercomputing submission";
  was.reason = "no track has this subject";
  ReplayedMail now = was;
  now.fate = Fate::recorded;
  now.track = "papers";
  now.submission = "P-2";
  now.root = "2";
  now.version = 1;
  now.letters = "received";
  now.reason = "the subject holds a phrase of papers";
  return {.rules = "/etc/papertray/new-rules.toml",
          .mails = 57,
          .changes = replay_changes({was}, {now}, {was}),
          .applied = false,
          .moved = 0};
}

}  // namespace papertray::sample
