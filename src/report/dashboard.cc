#include "report/dashboard.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/page_text.h"
#include "core/printable.h"
#include "report/buckets.h"
#include "report/html.h"
#include "report/page_style.h"
#include "report/words.h"

namespace papertray {
namespace {

constexpr std::size_t longest_title = 160;

struct Head {
  const char* text;
  const char* kind = nullptr;  // class of the column
};

void write_heads(HtmlWriter& html, std::string_view caption, std::initializer_list<Head> heads) {
  html.element("caption", caption);
  html.open("thead").open("tr");
  for (const Head& head : heads)
    html.element("th", {{"scope", "col"}, {"class", head.kind ? head.kind : ""}}, head.text);
  html.close().close().open("tbody");
}

void write_number(HtmlWriter& html, std::int64_t number) {
  html.element("td", {{"class", "number"}}, grouped(number));
}

// Every row with a bar, which says the same as its number.
void write_buckets(HtmlWriter& html, std::string_view title, const std::vector<Bucket>& rows,
                   std::string_view none, const std::string& remark = "") {
  html.open("section", {{"class", "card"}});
  html.element("h2", title);
  if (rows.empty()) {
    html.element("p", {{"class", "none"}}, none).close();
    return;
  }
  const std::int64_t most = std::ranges::max(rows, {}, &Bucket::count).count;
  html.open("table", {{"class", "bars"}});
  html.element("caption", {{"class", "hidden"}}, title);
  html.open("tbody");
  for (const Bucket& row : rows) {
    html.open("tr").element("th", {{"scope", "row"}}, row.label);
    write_number(html, row.count);
    html.open("td", {{"class", "bar"}});
    const double part =
        most == 0 ? 0 : 100.0 * static_cast<double>(row.count) / static_cast<double>(most);
    html.open("svg",
              {{"viewBox", "0 0 100 10"}, {"preserveAspectRatio", "none"}, {"aria-hidden", "true"}});
    html.element("rect", {{"width", fmt::format("{:.1f}", part)}, {"height", "10"}}, "");
    html.close().close().close();
  }
  html.close().close();
  if (!remark.empty()) html.element("p", {{"class", "beside"}}, remark);
  html.close();
}

void write_numbers(HtmlWriter& html, const Counts& counts) {
  html.open("dl", {{"class", "numbers"}});
  const auto number = [&](std::string_view what, std::int64_t count, std::string_view more = "") {
    html.open("div").element("dt", what).open("dd").text(grouped(count));
    if (!more.empty()) html.element("small", {}, " " + std::string(more));
    html.close().close();
  };
  for (const TrackCounts& track : counts.tracks) {
    number(track.track, track.submissions, fmt::format("{} late", grouped(track.late)));
    if (track.accepted + track.rejected > 0)
      number(track.track + " accepted", track.accepted,
             fmt::format("{} rejected", grouped(track.rejected)));
  }
  number("mails", counts.total, fmt::format("{} ignored", grouped(counts.ignored)));
  number("letters sent", counts.sent, fmt::format("{} queued", grouped(counts.queued)));
  html.close();
}

void write_waiting(HtmlWriter& html, const StatusView& status) {
  html.open("section", {{"class", "card"}}).element("h2", "Waiting for a person");
  const std::vector<Waiting> waiting = waiting_for_people(status);
  if (waiting.empty()) {
    html.element("p", {{"class", "none"}}, "Nothing waits.").close();
    return;
  }
  html.open("ul", {{"class", "waiting"}});
  for (const Waiting& one : waiting) {
    html.open("li").element("strong", grouped(one.count)).text(" " + one.what);
    html.empty("br").element("code", one.command).close();
  }
  html.close().close();
}

void write_deadlines(HtmlWriter& html, const StatusView& status, const Look& look) {
  html.open("section", {{"class", "card"}}).element("h2", "Deadlines");
  if (status.deadlines.empty()) {
    html.element("p", {{"class", "none"}}, "There are none.").close();
    return;
  }
  html.open("dl");
  for (const DeadlineRow& row : status.deadlines) {
    html.element("dt", row.track + (row.kind == "final" ? ", final copies" : ""));
    html.element("dd", row.text + ", " + relative_text(row.at, look.now));
  }
  html.close().close();
}

void write_latency(HtmlWriter& html, const Spans& latency) {
  const std::string remark =
      latency.empty()
          ? ""
          : fmt::format("Half of the {} receipts within {}, nine in ten within {}, the slowest {}.",
                        grouped(static_cast<std::int64_t>(latency.size())),
                        span_text(Seconds(percentile(latency, 50))),
                        span_text(Seconds(percentile(latency, 90))),
                        span_text(Seconds(percentile(latency, 100))));
  write_buckets(html, "Receipts: from received to sent", latency_buckets(latency),
                "No receipt was sent yet.", remark);
}

void write_outbox(HtmlWriter& html, const std::vector<OutboxListRow>& rows) {
  html.open("section").element("h2", {{"id", "outbox"}}, "Outbox problems");
  if (rows.empty()) {
    html.element("p", {{"class", "none"}}, "Everything that was to be sent was sent.").close();
    return;
  }
  html.open("div",
            {{"class", "wide"}, {"tabindex", "0"}, {"role", "region"}, {"aria-labelledby", "outbox"}});
  html.open("table");
  write_heads(html, "Letters that were not sent",
              {{"Row"}, {"To"}, {"Letter"}, {"State"}, {"Tries", "number"}, {"Why"}});
  for (const OutboxListRow& row : rows) {
    html.open("tr").element("th", {{"scope", "row"}}, fmt::format("{}", row.id));
    html.element("td", row.to).element("td", row.kind);
    html.element("td", outbox_state_name(row.state));
    write_number(html, row.attempts);
    html.element("td", row.reason).close();
  }
  html.close().close().close().close();
}

void write_findings(HtmlWriter& html, const std::vector<FindingCount>& findings) {
  std::vector<Bucket> rows;
  for (const FindingCount& finding : findings)
    rows.push_back({.label = finding.check + " (" + finding.severity + ")", .count = finding.papers});
  write_buckets(html, "Findings in papers", rows, "Nothing was found.");
}

void write_papers(HtmlWriter& html, const std::vector<PaperRow>& papers, const Look& look) {
  html.open("section").element("h2", {{"id", "papers"}}, "Papers");
  if (papers.empty()) {
    html.element("p", {{"class", "none"}}, "No paper has come yet.").close();
    return;
  }
  html.open("div",
            {{"class", "wide"}, {"tabindex", "0"}, {"role", "region"}, {"aria-labelledby", "papers"}});
  html.open("table");
  write_heads(html, "All papers, with the version that counts",
              {{"Paper"},
               {"Title", "title"},
               {"From"},
               {"Received"},
               {"In time"},
               {"State"},
               {"Versions", "number"},
               {"Pages", "number"},
               {"Findings", "number"}});
  LocalClock clock(look.zone);
  for (const PaperRow& row : papers) {
    html.open("tr", {{"class", row.on_time ? "" : "late"}}).open("th", {{"scope", "row"}});
    html.link(submission_page_path(row.id), row.id).close();
    html.element("td", {{"dir", "auto"}, {"class", "title"}},
                 cut_to(page_line(row.title), longest_title));
    html.element("td", row.submitter);
    html.element("td", {{"class", "when"}}, minute_text(row.received, clock));
    html.element("td", {{"class", "lateness"}}, short_lateness_text(row.on_time, row.margin_s));
    html.element("td", row.state);
    write_number(html, row.versions);
    html.element("td", {{"class", "number"}}, row.pages ? fmt::format("{}", *row.pages) : "");
    write_number(html, row.findings);
    html.close();
  }
  html.close().close().close().close();
}

void write_questions(HtmlWriter& html, const std::vector<QuestionRow>& questions) {
  if (questions.empty()) return;
  html.open("section").element("h2", {{"id", "questions"}}, "Questions");
  html.open(
      "div",
      {{"class", "wide"}, {"tabindex", "0"}, {"role", "region"}, {"aria-labelledby", "questions"}});
  html.open("table");
  write_heads(html, "All questions", {{"Question"}, {"Text", "title"}, {"From"}, {"Panel", "number"}});
  for (const QuestionRow& row : questions) {
    html.open("tr").open("th", {{"scope", "row"}});
    html.link(submission_page_path(row.id), row.id).close();
    html.element("td", {{"dir", "auto"}, {"class", "title"}},
                 cut_to(page_line(row.text), longest_title));
    html.element("td", row.asker);
    html.element("td", {{"class", "number"}}, row.panel ? fmt::format("{}", *row.panel) : "");
    html.close();
  }
  html.close().close().close().close();
}

}  // namespace

std::vector<PageFile> dashboard_pages(const DashboardView& view, const Look& look) {
  HtmlWriter html = HtmlWriter::page("Desk of " + view.status.workshop, "style.css");
  html.empty("meta", {{"name", "robots"}, {"content", "noindex"}});
  html.close().open("body");
  html.link("#papers", "Skip to the papers", {{"class", "skip"}});
  html.open("header").element("p", {{"class", "event"}}, "The organizers' desk: not for publication");
  html.element("h1", view.status.workshop);
  html.element("p", {{"class", "when"}}, "As of " + time_text(look.now, look)).close();
  html.open("main");
  write_numbers(html, view.status.counts);
  html.open("section", {{"class", "card"}}).element("h2", "Submissions over time");
  write_timeline(html, view.timeline, look.zone);
  html.element("p", {{"class", "beside"}},
               "Solid: submissions. Dotted: with later versions. Times in " + look.zone + ".");
  write_timeline_table(html, view.timeline, look.zone);
  html.close();
  html.open("div", {{"class", "cards"}});
  write_waiting(html, view.status);
  write_deadlines(html, view.status, look);
  write_buckets(html, "Seen from the deadline", lateness_buckets(view.papers), "There is no deadline.");
  write_buckets(html, "Pages", pages_buckets(view.papers), "No paper has come yet.");
  write_findings(html, view.findings);
  write_buckets(html, "Countries, by the address's domain", country_buckets(view.papers),
                "No paper has come yet.");
  write_latency(html, view.latency);
  html.close();
  write_outbox(html, view.outbox_problems);
  write_papers(html, view.papers, look);
  write_questions(html, view.questions);
  html.close();
  return {{"index.html", html.take()}, {"style.css", std::string(dashboard_style())}};
}

}  // namespace papertray
