// The organizers' private pages, and the counts in them.
#include "report/dashboard.h"

#include <doctest/doctest.h>

#include "report/buckets.h"
#include "report/golden.h"
#include "report/pages_samples.h"
#include "report/samples.h"

namespace papertray {
namespace {

std::vector<std::int64_t> counts(const std::vector<Bucket>& rows) {
  std::vector<std::int64_t> found;
  for (const Bucket& row : rows)
    found.push_back(row.count);
  return found;
}

std::string drawn(const Timeline& timeline) {
  HtmlWriter html;
  write_timeline(html, timeline, "UTC");
  return html.take();
}

}  // namespace

TEST_CASE("the dashboard as it is") {
  const Look look = sample::look(100);
  const std::vector<PageFile> files = dashboard_pages(sample::dashboard(), look);
  REQUIRE(files.size() == 2);
  check_golden("pages/report-index.html", files[0].text);
  const PageFile one = submission_page(sample::submission(), look);
  CHECK(one.path == "submissions/P-007.html");
  check_golden("pages/report-submission.html", one.text);
}

TEST_CASE("a dashboard of nothing has no drawings and says so") {
  DashboardView view;
  view.status.workshop = "W";
  const std::string page = dashboard_pages(view, sample::look(100))[0].text;
  CHECK(page.find("<svg") == std::string::npos);
  for (const char* said : {"Nothing has come yet.", "Nothing waits.", "No paper has come yet."})
    CHECK(page.find(said) != std::string::npos);
}

TEST_CASE("what a stranger writes is text on the private pages, too") {
  const std::string attack = "</td><script>alert(1)</script>\"'&\u202E";
  DashboardView view = sample::dashboard();
  for (PaperRow& row : view.papers)
    row.title = row.submitter = attack;
  for (OutboxListRow& row : view.outbox_problems)
    row.to = row.reason = attack;
  ShownSubmission shown = sample::submission();
  shown.title = shown.submitter_name = attack;
  for (VersionRow& row : shown.versions)
    row.text = row.file_name = attack;
  for (MessageRow& row : shown.messages)
    row.subject = attack;
  const std::string pages =
      dashboard_pages(view, sample::look(100))[0].text + submission_page(shown, sample::look(100)).text;
  CHECK(pages.find("<script") == std::string::npos);
  CHECK(pages.find("\u202E") == std::string::npos);
  CHECK(pages.find("&lt;script&gt;") != std::string::npos);
}

TEST_CASE("buckets hold their borders") {
  std::vector<PaperRow> papers;
  for (const std::int64_t margin :
       {8 * 86400, 7 * 86400, 86400, 3600, 3599, 1, -1, -3600, -3601, -86401}) {
    PaperRow& row = papers.emplace_back();
    row.margin_s = margin;
    row.on_time = margin >= 0;
  }
  CHECK(counts(lateness_buckets(papers)) == std::vector<std::int64_t>{1, 1, 1, 3, 2, 1, 1});
  CHECK(counts(latency_buckets({0, 1, 2, 10, 60, 61, 600, 3600, 86400, 86401})) ==
        std::vector<std::int64_t>{2, 2, 1, 2, 1, 1, 1});
  CHECK(lateness_buckets({}).empty());
  CHECK(percentile({}, 50) == 0);
  CHECK(percentile({5, 1, 3}, 50) == 3);
  CHECK(percentile({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 90) == 9);
  CHECK(percentile({1, 2}, 100) == 2);
}

TEST_CASE("countries are what the address's domain says") {
  std::vector<PaperRow> papers;
  for (const char* address :
       {"a@x.de", "b@y.DE.", "c@ox.ac.uk", "d@mit.edu", "e@localhost", "", "f@x.zz"})
    papers.emplace_back().submitter = address;
  const std::vector<Bucket> rows = country_buckets(papers);
  std::vector<std::string> labels;
  for (const Bucket& row : rows)
    labels.push_back(row.label);
  CHECK(labels == std::vector<std::string>{"Germany", "no domain", ".edu", ".zz", "United Kingdom"});
  CHECK(counts(rows) == std::vector<std::int64_t>{2, 2, 1, 1, 1});
  const std::vector<Bucket> few = country_buckets(papers, 2);
  CHECK(few.back().label == "3 others");
  CHECK(few.back().count == 3);
  CHECK(country_name("ch") == "Switzerland");
  CHECK(country_name("zw") == "Zimbabwe");
  CHECK(country_name("").empty());
}

TEST_CASE("a timeline is drawn of one paper as of 100,000, and its length is bounded") {
  Timeline one{
      .what = "papers", .first = {sample::at("2017-11-01T00:00:00Z")}, .all = {}, .deadline = {}};
  one.all = one.first;
  CHECK(drawn(one).find("<title id=\"timeline-title\">") != std::string::npos);
  CHECK(drawn(one).find("nan") == std::string::npos);
  Timeline many{
      .what = "papers", .first = {}, .all = {}, .deadline = sample::at("2017-11-04T00:59:59Z")};
  for (int i = 0; i < 100'000; ++i)
    many.first.push_back(sample::at("2017-10-01T00:00:00Z") + Seconds(i * 30));
  many.all = many.first;
  const std::string svg = drawn(many);
  CHECK(svg.size() < 60'000);
  CHECK(svg.find("deadline") != std::string::npos);
  CHECK(svg.find("98,040 of the papers before the deadline") != std::string::npos);
}

}  // namespace papertray
