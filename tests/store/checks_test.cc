// What was found in papers, as lists, views and matching have it.
#include "store/workshop.h"

using namespace papertray;
using namespace papertray::test;

namespace {

Finding finding(const std::string& check, Severity severity, bool for_organizers = false) {
  return {.check = check,
          .severity = severity,
          .measured = "3 pages",
          .expected = "2 pages",
          .page = 3,
          .text = "It has 3 pages.",
          .for_organizers = for_organizers};
}

PaperChecked checked(int number, const std::string& title = "", std::vector<Finding> findings = {},
                     int pages = 3) {
  PaperChecked event;
  event.sha256 = sha(1000 + number);  // as workshop.paper has it
  event.track = "papers";
  event.style = "nips2017";
  event.style_version = "v1";
  event.paper.opens = pages > 0;
  event.paper.verdict.pages = pages;
  event.paper.verdict.counted_pages = std::min(pages, 2);
  event.paper.verdict.stopped_at = "References";
  event.paper.verdict.findings = std::move(findings);
  event.paper.title = title;
  event.paper.authors = "Ann\nBob";
  event.paper.width = 595.28;
  event.paper.height = 841.89;
  event.paper.sketch = "0000000100000002";
  return event;
}

const Time later = at(deadline + 5);

}  // namespace

TEST_CASE("a paper's check stands in lists, in its view and in the counts") {
  Workshop workshop;
  workshop.paper(1);
  workshop.paper(2, "bob@example.org");
  CHECK(workshop.reader()->counts().unchecked == 2);
  CHECK_FALSE(workshop.reader()->papers({}).at(0).pages.has_value());
  const PaperChecked event =
      checked(1, "Deep Nets",
              {finding("page-limit", Severity::error), finding("title", Severity::note),
               finding("active-content", Severity::note, true)});
  workshop.apply("papertray", later, event);

  const std::vector<PaperRow> rows = workshop.reader()->papers({});
  CHECK(rows.at(0).pages == 3);
  CHECK(rows.at(0).findings == 2);  // a note is none, but for what concerns organizers
  CHECK(rows.at(0).title == "Deep Nets");
  CHECK_FALSE(rows.at(1).pages.has_value());
  ListFilter problems;
  problems.problems = true;
  REQUIRE(workshop.reader()->papers(problems).size() == 1);
  CHECK(workshop.reader()->papers(problems).at(0).id == "P-1");
  CHECK(workshop.reader()->counts().unchecked == 1);
  CHECK(workshop.reader()->counts().tracks.at(0).with_findings == 1);

  const std::optional<ShownSubmission> shown = workshop.reader()->submission("P-1");
  REQUIRE(shown);
  CHECK(shown->title == "Deep Nets");
  REQUIRE(shown->versions.at(0).check);
  CHECK(shown->versions.at(0).check->paper == event.paper);
  CHECK(shown->versions.at(0).check->style_version == "v1");
  CHECK(shown->versions.at(0).check->at == later);
  CHECK_FALSE(workshop.reader()->submission("P-2")->versions.at(0).check);
}

TEST_CASE("another check takes the place of the first") {
  Workshop workshop;
  workshop.paper(1);
  workshop.apply("papertray", later, checked(1, "Dcep Nets", {finding("opens", Severity::error)}, 0));
  CHECK_FALSE(workshop.reader()->papers({}).at(0).pages.has_value());
  CHECK(workshop.reader()->papers({}).at(0).findings == 1);
  workshop.apply("papertray", later, checked(1));
  const PaperRow row = workshop.reader()->papers({}).at(0);
  CHECK(row.pages == 3);
  CHECK(row.findings == 0);
  CHECK(row.title == "Title 1");  // the mail's again
  CHECK(ask(workshop.path, "SELECT count(*) FROM finding") == "0");
  CHECK(ask(workshop.path, "SELECT count(*) FROM paper_check") == "1");
}

TEST_CASE("the same file in another submission needs no look of its own") {
  Workshop workshop;
  workshop.paper(1);
  workshop.apply("papertray", later, checked(1, "Deep Nets", {finding("fonts", Severity::warn)}));
  workshop.batch([&](StoreBatch& batch) {
    const std::int64_t message = batch.add_message(mail(2, "bob@example.org"));
    const std::int64_t submission = batch.add_submission({.track = "papers",
                                                          .number = 2,
                                                          .prefix = "P",
                                                          .submitter = "bob@example.org",
                                                          .submitter_name = "",
                                                          .title = ""});
    batch.add_version({.submission = submission,
                       .message = message,
                       .due = std::nullopt,
                       .file_name = "",
                       .sha256 = sha(1001),
                       .text = "",
                       .paper_file = "P-002_v1.pdf",
                       .title = ""});
  });
  const PaperRow row = workshop.reader()->papers({}).at(1);
  CHECK(row.pages == 3);
  CHECK(row.findings == 1);
  CHECK(row.title == "Deep Nets");
  CHECK(workshop.reader()->counts().unchecked == 0);
}

TEST_CASE("a submission is found by the title that its PDF has") {
  Workshop workshop;
  workshop.paper(1);
  workshop.apply("papertray", later, checked(1, "Stochastic Gradients on Very Many Nodes"));
  workshop.batch([&](StoreBatch& batch) {
    Incoming incoming;
    incoming.sender = "carol@example.org";
    incoming.title = "stochastic gradients on very many nodes";
    const std::vector<Candidate> found = batch.candidates("papers", incoming);
    REQUIRE(found.size() == 1);
    CHECK(found[0].titles == std::vector<std::string>{"title 1"});
    CHECK(found[0].paper_titles == std::vector<std::string>{incoming.title});
  });
}

TEST_CASE("a PDF's title that is another submission's is told to a person, once") {
  Workshop workshop;
  workshop.paper(1);
  const std::int64_t second = workshop.paper(2, "bob@example.org");
  CHECK(second == 2);
  workshop.batch([&](StoreBatch& batch) {
    const std::int64_t message = batch.add_message(mail(3, "carol@example.org"));
    const std::int64_t submission = batch.add_submission({.track = "papers",
                                                          .number = 3,
                                                          .prefix = "P",
                                                          .submitter = "carol@example.org",
                                                          .submitter_name = "",
                                                          .title = ""});
    batch.add_version({.submission = submission,
                       .message = message,
                       .due = std::nullopt,
                       .file_name = "",
                       .sha256 = sha(1003),
                       .text = "",
                       .paper_file = "P-003_v1.pdf",
                       .title = ""});
  });
  for (int times = 0; times < 2; ++times) {
    workshop.apply("papertray", later, checked(2, "Sparse Gradients on Many Nodes"));
    workshop.apply("papertray", later, checked(3, "Sparse Gradients on Many Nodes"));
  }
  // Its mail told a title: it was compared when it came.
  CHECK(workshop.reader()->message("M-2")->row.open_notes.empty());
  CHECK(workshop.reader()->message("M-3")->row.open_notes ==
        std::vector<std::string>{"its PDF has the title of P-2 from another address; if it is the same "
                                 "paper: papertray merge P-3 --into P-2"});
}

TEST_CASE("a late check is written down, and its result taken when it comes") {
  Workshop workshop;
  workshop.paper(1);
  workshop.apply("papertray", later, CheckLate{.sha256 = sha(1001), .track = "papers"});
  CHECK(ask(workshop.path,
            "SELECT count(*) FROM late_check WHERE late_at = " + std::to_string(deadline + 5)) == "1");
  workshop.apply("papertray", later, checked(1));
  CHECK(workshop.reader()->papers({}).at(0).pages == 3);
}

TEST_CASE("the styles of loaded rules come back with them") {
  Workshop workshop;
  RulesLoaded rules{.path = "/r.toml", .from = "", .toml = "x", .templates = {{"received", "t"}}};
  rules.styles = {{"acl", "one"}, {"nips2017", "two"}};
  workshop.apply("ann", later, rules);
  CHECK(workshop.store->rules()->styles == rules.styles);
}
