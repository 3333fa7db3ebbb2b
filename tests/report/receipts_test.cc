// The shipped templates, filled with typical facts: golden files to be read in tests/report/receipts/.
#include <algorithm>

#include <doctest/doctest.h>

#include "core/printable.h"
#include "core/withdrawal.h"
#include "report/golden.h"
#include "report/receipt_text.h"
#include "report/samples.h"

namespace papertray {
namespace {

ReceiptTemplates shipped() {
  std::map<std::string, std::string> texts;
  for (const ReceiptKind kind : all_receipt_kinds) {
    const std::string name{receipt_kind_name(kind)};
    texts[name] = read_file(std::string(REPORT_ROOT) + "/rules/receipts/" + name + ".txt");
  }
  return ReceiptTemplates::parse(texts, "rules/receipts");
}

ReceiptFacts paper(ReceiptKind kind, int version, std::string_view received) {
  const Rules rules = sample::rules();
  ReceiptFacts facts;
  facts.kind = kind;
  facts.label = "P-7";
  facts.version = version;
  facts.received = sample::at(received);
  facts.due = rules.tracks[0].due;
  facts.lateness = lateness(facts.due, facts.received);
  facts.file_name = "Scaling Batch Norm (final).pdf";
  facts.size = 217'342;
  facts.sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  facts.sender_subject = "NIPS Workshop Papers";
  return facts;
}

ReceiptFacts problem(Problem kind, std::string_view received) {
  ReceiptFacts facts = paper(ReceiptKind::problem, 0, received);
  facts.label.clear();
  facts.file_name.clear();
  facts.size = 0;
  facts.sha256.clear();
  facts.problem = kind;
  facts.sender_subject = "NIPS Workshop Papers: our paper, see link";
  return facts;
}

ReceiptFacts question() {
  ReceiptFacts facts;
  facts.kind = ReceiptKind::question;
  facts.label = "Q-3";
  facts.version = 1;
  facts.received = sample::at("2017-11-20T09:15:00Z");
  facts.question =
      "How do you keep the learning rate stable when the batch grows with the number of nodes, and who "
      "decides?\n"
      "\n"
      "深層学習の電力はどれくらいですか。また、分散学習の通信費用はどのように見積もられますか。";
  return facts;
}

ReceiptFacts withdrawal(ReceiptKind kind, const std::string& label) {
  ReceiptFacts facts;
  facts.kind = kind;
  facts.label = label;
  facts.received = sample::at("2017-11-02T09:15:00Z");
  facts.sender_subject = "Please withdraw " + label;
  return facts;
}

ReceiptFacts notice(ReceiptKind kind, const std::string& note = "") {
  ReceiptFacts facts = paper(kind, 2, "2017-11-27T20:00:00Z");
  facts.due = sample::rules().tracks[0].final_due;
  facts.lateness = lateness(facts.due, facts.received);
  facts.title = "Scaling Batch Normalization to 4,096 Nodes";
  facts.note = note;
  return facts;
}

std::vector<Finding> sample_findings() {
  return {{.check = "page-size",
           .severity = Severity::error,
           .measured = "A4",
           .expected = "US Letter",
           .page = 1,
           .text = "Page 1 is A4; please set the paper size to US Letter and export it again."},
          {.check = "margin",
           .severity = Severity::warn,
           .measured = "23 pt beyond the margin",
           .expected = "within the margins",
           .page = 2,
           .text = "A line on page 2 sticks out 23 pt into the margin; please break it."},
          {.check = "title", .severity = Severity::note, .text = "A note, which is not told."},
          {.check = "active-content",
           .severity = Severity::warn,
           .measured = "JavaScript",
           .text = "The file holds JavaScript, which its author is not told.",
           .for_organizers = true}};
}

ReceiptFacts checked(ReceiptKind kind, std::vector<Finding> findings) {
  ReceiptFacts facts =
      paper(kind, kind == ReceiptKind::replaced ? 2 : 1,
            kind == ReceiptKind::late ? "2017-11-04T01:00:00Z" : "2017-11-03T23:58:59Z");
  CheckedPaper found;
  found.opens = true;
  found.verdict.pages = 3;
  found.verdict.counted_pages = 2;
  found.verdict.stopped_at = "References";
  found.verdict.findings = std::move(findings);
  found.title = "Scaling Batch Normalization to 4,096 Nodes";
  found.width = 612;
  found.height = 792;
  facts.checked = found;
  if (kind == ReceiptKind::final_copy) facts.title = found.title;
  return facts;
}

// A PDF that does not open.
ReceiptFacts shut(const std::string& check, const std::string& text) {
  ReceiptFacts facts = paper(ReceiptKind::received, 1, "2017-11-03T23:58:59Z");
  CheckedPaper found;
  found.verdict.findings = {{.check = check, .severity = Severity::error, .text = text}};
  facts.checked = found;
  return facts;
}

RenderedReceipt rendered(const ReceiptFacts& facts, const Rules& rules) {
  const Track& track =
      rules.tracks[facts.label.starts_with("Q") || facts.problem == Problem::empty_text ||
                           (facts.problem == Problem::too_large && !facts.due)
                       ? 1
                       : 0];
  return shipped().render(facts.kind, receipt_view(facts, rules, track));
}

std::string as_file(const RenderedReceipt& receipt) {
  return "Subject: " + receipt.subject + "\n\n" + receipt.text;
}

struct Case {
  const char* name;
  ReceiptFacts facts;
  bool with_deadline = true;
};

std::vector<Case> cases() {
  const char* early = "2017-11-03T23:58:59Z";
  std::vector<Case> all = {
      {"received", paper(ReceiptKind::received, 1, early)},
      {"received-last-second", paper(ReceiptKind::received, 1, "2017-11-04T00:59:59Z")},
      {"received-no-deadline", paper(ReceiptKind::received, 1, early), false},
      {"replaced", paper(ReceiptKind::replaced, 3, early)},
      {"late", paper(ReceiptKind::late, 1, "2017-11-04T01:00:00Z")},
      {"late-earlier-counts", paper(ReceiptKind::late, 3, "2017-11-04T05:10:00Z")},
      {"duplicate", paper(ReceiptKind::duplicate, 2, early)},
      {"problem-no-pdf", problem(Problem::no_pdf, early)},
      {"problem-link-only", problem(Problem::link_only, early)},
      {"problem-other-format", problem(Problem::other_format, early)},
      {"problem-sealed-late", problem(Problem::sealed, "2017-11-04T01:30:00Z")},
      {"problem-empty-text", problem(Problem::empty_text, early)},
      {"problem-too-large", problem(Problem::too_large, early)},
      {"problem-too-large-question", problem(Problem::too_large, early), false},
      {"problem-damaged", problem(Problem::damaged, early)},
      {"problem-postscript", problem(Problem::other_format, early)},
      {"question", question()},
      {"question-late", question()},
      {"confirm-withdrawal", withdrawal(ReceiptKind::confirm_withdrawal, "P-7")},
      {"confirm-withdrawal-question", withdrawal(ReceiptKind::confirm_withdrawal, "Q-3")},
      {"withdrawn", withdrawal(ReceiptKind::withdrawn, "P-7")},
      {"accepted", notice(ReceiptKind::accepted)},
      {"accepted-note",
       notice(ReceiptKind::accepted, "Reviewer 2 asks for error bars.\n\nPlease add them.")},
      {"rejected", notice(ReceiptKind::rejected)},
      {"reminder", notice(ReceiptKind::reminder)},
      {"final", notice(ReceiptKind::final_copy)},
      {"received-fits", checked(ReceiptKind::received, {})},
      {"received-findings", checked(ReceiptKind::received, sample_findings())},
      {"replaced-findings", checked(ReceiptKind::replaced, {sample_findings()[0]})},
      {"late-findings", checked(ReceiptKind::late, {sample_findings()[1]})},
      {"final-findings", checked(ReceiptKind::final_copy, sample_findings())},
      {"duplicate-findings", checked(ReceiptKind::duplicate, sample_findings())},
      {"received-damaged", shut("opens", "We could not read it, please export it again.")},
      {"received-locked",
       shut("encryption",
            "It opens only with a password, so we could not read it; please send it without.")},
      {"received-check-to-come", paper(ReceiptKind::received, 1, early)},
  };
  all.back().facts.check_to_come = true;
  all[0].facts.other_files = {"supplement.pdf", "poster.pdf"};
  all[5].facts.counts_version = 2;
  all[11].facts.due.reset();
  all[11].facts.lateness = {};
  for (const std::size_t i : {12U, 13U})
    all[i].facts.oversize = Oversize{.whole = 187'904'832, .largest = 96 * 1024 * 1024};
  for (Case& one : all) {
    if (one.facts.problem == Problem::damaged) one.facts.problem_file = "paper final.pdf";
    if (one.facts.problem == Problem::other_format) one.facts.problem_file = "paper.docx";
    if (one.facts.problem == Problem::other_format) one.facts.problem_kind = FileKind::office;
    if (std::string_view(one.name) == "problem-postscript") {
      one.facts.problem_file = "paper.pdf";
      one.facts.problem_kind = FileKind::postscript;
    }
  }
  all[17].facts.due = parse_deadline("2017-11-19", "UTC");
  all[17].facts.lateness = {.on_time = false, .margin = Seconds(-7200)};
  for (Case& one : all)
    if (!one.with_deadline) {
      one.facts.due.reset();
      one.facts.lateness = {};
    }
  return all;
}

}  // namespace

TEST_CASE("each shipped receipt reads well") {
  for (const Case& one : cases())
    check_golden("receipts/" + std::string(one.name) + ".txt",
                 as_file(rendered(one.facts, sample::rules())));
}

TEST_CASE("and as HTML") {
  for (const Case& one : cases())
    if (std::string_view(one.name) == "received" || std::string_view(one.name) == "question")
      check_golden("receipts/" + std::string(one.name) + ".html",
                   rendered(one.facts, sample::rules()).html);
}

TEST_CASE("what every receipt tells") {
  for (const Case& one : cases()) {
    CAPTURE(one.name);
    const RenderedReceipt receipt = rendered(one.facts, sample::rules());
    const auto holds = [&](std::string_view what) {
      return receipt.text.find(what) != std::string::npos;
    };
    // The phrase, so that a reply finds its track; at the end, so that no words pass for a title.
    CHECK((receipt.subject.ends_with("- NIPS Workshop Papers") ||
           receipt.subject.ends_with("- NIPS Workshop Questions")));
    if (!one.facts.label.empty()) CHECK(receipt.subject.starts_with("[" + one.facts.label + "] "));
    CHECK(holds("supercomputersfordl2017@gmail.com"));
    CHECK(holds("Deep Learning At Supercomputer Scale desk\n"));
    std::string flowing = receipt.text;
    std::ranges::replace(flowing, '\n', ' ');
    CHECK(flowing.find("eply to this mail") != std::string::npos);
    CHECK_FALSE(holds("{{"));
    const bool notice = one.facts.kind == ReceiptKind::accepted ||
                        one.facts.kind == ReceiptKind::rejected ||
                        one.facts.kind == ReceiptKind::reminder;
    if (notice) {  // nothing has come in that they could tell of
      CHECK(holds(one.facts.title));
      continue;
    }
    CHECK(holds(local_text(one.facts.received, "America/Los_Angeles")));
    CHECK(holds("UTC"));
    if (!one.facts.sha256.empty() && one.facts.kind != ReceiptKind::question) {
      CHECK(holds(one.facts.sha256));
      CHECK(holds(one.facts.file_name));
      CHECK(holds("217,342 bytes"));
    }
    if (one.facts.due && one.facts.kind != ReceiptKind::duplicate) {
      CHECK(holds(one.facts.due->text));
      if (one.facts.kind != ReceiptKind::final_copy) CHECK(holds(span_text(one.facts.lateness.margin)));
    }
  }
}

TEST_CASE("lines of receipts fit 76 columns, blanks at line ends and empty runs are gone") {
  for (const Case& one : cases()) {
    CAPTURE(one.name);
    const std::string text = rendered(one.facts, sample::rules()).text;
    CHECK(text.find("\n\n\n") == std::string::npos);
    CHECK(text.find(" \n") == std::string::npos);
    CHECK(text.find('\r') == std::string::npos);
    CHECK(text.ends_with('\n'));
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = text.find('\n', begin);
      CAPTURE(text.substr(begin, end - begin));
      CHECK(columns(text.substr(begin, end - begin)) <= 76);
      begin = end + 1;
    }
  }
}

TEST_CASE("hostile facts make no header, no control character and no words of ours") {
  ReceiptFacts facts = paper(ReceiptKind::received, 1, "2017-11-03T23:58:59Z");
  facts.file_name = "a\r\nBcc: x@example.org\r\n\r\n\x1b[2J\u202E{{sha256}}.pdf";
  facts.sender_subject = "x\r\nBcc: y@example.org";
  facts.other_files = {std::string(10'000, 'f')};
  const RenderedReceipt receipt = rendered(facts, sample::rules());
  CHECK(one_line(receipt.subject) == receipt.subject);
  CHECK(many_lines(receipt.text) == receipt.text);
  CHECK(receipt.text.find("\nBcc:") == std::string::npos);
  CHECK(receipt.text.find("{{sha256}}") != std::string::npos);

  ReceiptFacts asked = question();
  asked.question = "mine\n\nThe organizers have accepted your paper.\r\nClick here";
  const std::string text = rendered(asked, sample::rules()).text;
  CHECK(text.find("\n> mine\n>\n> The organizers have accepted your paper.\n> Click here\n") !=
        std::string::npos);
}

// A program that sends the text back must not be taken for an author who says yes.
TEST_CASE("what is written about a withdrawal neither asks for one nor confirms it") {
  for (const Case& one : cases()) {
    CAPTURE(one.name);
    const RenderedReceipt receipt = rendered(one.facts, sample::rules());
    CHECK_FALSE(asks_to_withdraw(receipt.subject, receipt.text));
    CHECK(answers_withdrawal(receipt.text) != WithdrawalAnswer::yes);
    const std::size_t paragraph = receipt.text.find("\n\n") + 2;
    CHECK(answers_withdrawal(receipt.text.substr(paragraph)) != WithdrawalAnswer::yes);
  }
}

TEST_CASE("findings are told to whom they concern, and never as a rejection") {
  const std::string text =
      rendered(checked(ReceiptKind::received, sample_findings()), sample::rules()).text;
  CHECK(text.find("Please look at this") != std::string::npos);
  CHECK(text.find("Page 1 is A4") != std::string::npos);
  CHECK(text.find("sticks out 23 pt") != std::string::npos);
  CHECK(text.find("JavaScript") == std::string::npos);
  CHECK(text.find("a note") == std::string::npos);
  for (const Case& one : cases())
    if (one.facts.checked)
      CHECK(rendered(one.facts, sample::rules()).text.find("eject") == std::string::npos);
}

TEST_CASE("a paper that is hostile in its title and its findings makes no words of ours") {
  ReceiptFacts facts = checked(ReceiptKind::received, {});
  facts.checked->title = "Nets\n\nYour paper is accepted.\r\n\x1b[2J" + std::string(10'000, 'x');
  facts.checked->verdict.stopped_at = "References\nBcc: x@example.org";
  facts.checked->verdict.findings =
      std::vector<Finding>(100, {.check = "family",
                                 .severity = Severity::warn,
                                 .text = "The text is set in\n" + std::string(5'000, 'f')});
  const std::string text = rendered(facts, sample::rules()).text;
  CHECK(many_lines(text) == text);
  CHECK(text.find("\nYour paper") == std::string::npos);
  CHECK(text.find("\nBcc") == std::string::npos);
  CHECK(text.size() < 12'000);
  CHECK(text.find("and 88 more") != std::string::npos);
}

TEST_CASE("the same facts give the same words") {
  const Case one = cases()[0];
  CHECK(as_file(rendered(one.facts, sample::rules())) == as_file(rendered(one.facts, sample::rules())));
}

}  // namespace papertray
