#include "core/receipt.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "sample_rules.h"

using namespace papertray;
using namespace papertray::test;

namespace {

ReceiptFacts facts() {
  const Rules rules = workshop_rules();
  ReceiptFacts facts;
  facts.label = "P-7";
  facts.version = 1;
  facts.received = at("2017-11-03T21:57:59Z");
  facts.due = rules.tracks[0].due;
  facts.lateness = lateness(facts.due, facts.received);
  facts.file_name = "paper.pdf";
  facts.size = 48'123;
  facts.sha256 = std::string(64, 'a');
  facts.sender_subject = "NIPS Workshop Papers";
  return facts;
}

std::string value(const ReceiptFacts& facts, const std::string& name) {
  const Rules rules = workshop_rules();
  for (const auto& [key, text] : receipt_view(facts, rules, rules.tracks[0]).values) {
    if (key == name) return text;
  }
  FAIL("no such variable: ", name);
  return "";
}

}  // namespace

TEST_CASE("what a receipt tells") {
  const std::pair<const char*, const char*> rows[] = {
      {"workshop", "Deep Learning At Supercomputer Scale"},
      {"address", "supercomputersfordl2017@gmail.com"},
      {"track", "papers"},
      {"subject_phrase", "NIPS Workshop Papers"},
      {"label", "P-7"},
      {"version", "1"},
      {"versioned", ""},
      {"replaced", ""},
      {"received_local", "2017-11-03 14:57:59 PDT"},
      {"received_utc", "2017-11-03 21:57:59 UTC"},
      {"due_text", "2017-11-03 16:59 PST"},
      {"due_local", "2017-11-03 17:59:59 PDT"},
      {"due_utc", "2017-11-04 00:59:59 UTC"},
      {"margin", "3 hours 2 minutes"},
      {"on_time", "yes"},
      {"late", ""},
      {"final_due_text", "2017-11-28"},
      {"final_due_utc", "2017-11-29 11:59:59 UTC"},
      {"file_name", "paper.pdf"},
      {"size", "48,123 bytes (47 KiB)"},
      {"pages", "2"},
      {"paper", "letter"},
      {"style", "nips2017"},
      {"other_files", ""},
      {"counts_version", ""},
      {"problem_no_pdf", ""},
      {"question", ""},
      {"sender_subject", "NIPS Workshop Papers"},
  };
  for (const auto& [name, text] : rows) {
    CAPTURE(name);
    CHECK(value(facts(), name) == text);
  }
}

TEST_CASE("late, replaced, missing") {
  ReceiptFacts late = facts();
  late.kind = ReceiptKind::late;
  late.version = 3;
  late.received = at("2017-11-04T01:00:59Z");
  late.lateness = lateness(late.due, late.received);
  late.counts_version = 2;
  CHECK(value(late, "late") == "yes");
  CHECK(value(late, "on_time") == "");
  CHECK(value(late, "margin") == "1 minute");
  CHECK(value(late, "versioned") == "yes");
  CHECK(value(late, "counts_version") == "2");

  ReceiptFacts replaced = facts();
  replaced.kind = ReceiptKind::replaced;
  replaced.version = 2;
  CHECK(value(replaced, "replaced") == "1");

  ReceiptFacts open = facts();
  open.due.reset();
  for (const char* name : {"due_text", "due_local", "due_utc", "margin", "on_time", "late"}) {
    CAPTURE(name);
    CHECK(value(open, name) == "");
  }

  const std::pair<Problem, std::string> problems[] = {{Problem::no_pdf, "problem_no_pdf"},
                                                      {Problem::link_only, "problem_link_only"},
                                                      {Problem::other_format, "problem_other_format"},
                                                      {Problem::sealed, "problem_sealed"},
                                                      {Problem::empty_text, "problem_empty_text"}};
  for (const auto& [problem, name] : problems) {
    ReceiptFacts missing = facts();
    missing.kind = ReceiptKind::problem;
    missing.problem = problem;
    for (const auto& [other, other_name] : problems) {
      CHECK(value(missing, other_name) == (other == problem ? "yes" : ""));
    }
  }
}

TEST_CASE("a stranger's words are made safe and short") {
  ReceiptFacts hostile = facts();
  hostile.file_name = "a\r\nBcc: x\x1b[2J\u202e" + std::string(5'000, 'n');
  hostile.sender_subject = std::string(1'000'000, 's');
  hostile.question = "first\r\nsecond\x07" + std::string(1'000'000, 'q');
  hostile.other_files = {"s\n1.pdf", "", "c.pdf"};
  CHECK(value(hostile, "file_name").find("a Bcc: x\\x1b[2J\\u202e") == 0);
  CHECK(value(hostile, "file_name").size() < 300);
  CHECK(value(hostile, "sender_subject").size() < 300);
  CHECK(value(hostile, "question").find("first\nsecond\\x07q") == 0);
  CHECK(value(hostile, "question").size() < 5'000);
  CHECK(value(hostile, "other_files") == "s 1.pdf, a PDF without a name, c.pdf");
  hostile.other_files.assign(1'000, "x.pdf");
  CHECK(value(hostile, "other_files").find("and 990 more") != std::string::npos);
}

TEST_CASE("sizes") {
  const std::pair<std::uint64_t, const char*> rows[] = {{1, "1 byte"},
                                                        {999, "999 bytes"},
                                                        {1'024, "1,024 bytes (1 KiB)"},
                                                        {12'345'678, "12,345,678 bytes (11.8 MiB)"}};
  for (const auto& [size, text] : rows) {
    ReceiptFacts sized = facts();
    sized.size = size;
    CHECK(value(sized, "size") == text);
  }
}

TEST_CASE("a letter of the organizers' own has a name that means nothing else") {
  CHECK(own_letter_name("letters/posters") == "posters");
  CHECK(own_letter_name("letters/room-2-b") == "room-2-b");
  for (const char* name :
       {"letters/", "letters/Posters", "letters/a b", "letters/../x", "letters/a.b", "letters/accepted",
        "letters/reminder", "letters/decisions", "letters/letters", "posters",
        "letters/12345678901234567890123456789012345678901"}) {
    CAPTURE(name);
    CHECK_FALSE(own_letter_name(name));
    CHECK_FALSE(receipt_kind_from_name(name));
  }
  CHECK(receipt_kind_from_name("letters/posters") == ReceiptKind::letter);
  CHECK(is_letter_kind(ReceiptKind::letter));
}

TEST_CASE("the names are those of the view, each once") {
  const Rules rules = workshop_rules();
  const ReceiptView view = receipt_view(facts(), rules, rules.tracks[1]);
  std::vector<std::string> names = receipt_view_names();
  REQUIRE(view.values.size() == names.size());
  for (std::size_t i = 0; i < names.size(); ++i)
    CHECK(view.values[i].first == names[i]);
  std::sort(names.begin(), names.end());
  CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
  for (const ReceiptKind kind : all_receipt_kinds)
    CHECK(!receipt_kind_name(kind).empty());
}
