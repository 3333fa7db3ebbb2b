// One waiting mail on terminals of many sizes.
#include "report/triage_screen.h"

#include <doctest/doctest.h>

#include "core/printable.h"
#include "report/golden.h"
#include "report/samples.h"

namespace papertray {
namespace {

TriageScreen waiting() {
  TriageScreen screen;
  screen.id = "M-12";
  screen.number = 3;
  screen.of = 17;
  screen.from = "Eve Example <eve@example.org>";
  screen.subject = "Our work on very large batches";
  screen.received = sample::at("2017-10-20T12:00:00Z");
  screen.why = "a PDF is attached, but the subject names no track";
  screen.notes = {"two Subject headers"};
  screen.attachments = {"odd.pdf, 217,342 bytes, PDF"};
  screen.text =
      "Dear organizers,\n\nplease find our paper attached. It says what it says, at some length, so "
      "that this line does not fit.\n\nBest,\nEve\n";
  screen.choices = {
      {"1", "take as papers", true}, {"2", "a version of P-7 (same sender) Sparse Things", true},
      {"d", "dismiss", false},       {"r", "reply by hand", false},
      {"l", "later", false},         {"u", "undo", false},
      {"q", "quit", false}};
  screen.said = "M-11 is put off.";
  return screen;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines)
    text += line + "\n";
  return text;
}

}  // namespace

TEST_CASE("triage on a terminal") {
  TriageScreen screen = waiting();
  check_golden("text/triage.80x24.txt", joined(triage_lines(screen, sample::look(80), 24)));
  check_golden("text/triage.40x14.txt", joined(triage_lines(screen, sample::look(40), 14)));
  check_golden("text/triage-by-hand.80x24.txt",
               joined(by_hand_lines(screen, "eve@example.org", sample::look(80), 24)));
}

TEST_CASE("every size has its lines, and the keys stay") {
  for (const int width : {20, 40, 80, 200})
    for (int height = 6; height <= 60; height += 3) {
      CAPTURE(width);
      CAPTURE(height);
      TriageScreen screen = waiting();
      for (int line = 0; line < 300; ++line)
        screen.text += "line " + std::to_string(line) + "\n";
      const auto lines = triage_lines(screen, sample::look(width), height);
      CHECK(lines.size() == static_cast<std::size_t>(height));
      for (const std::string& line : lines)
        CHECK(columns(line) <= static_cast<std::size_t>(width));
      CHECK(joined(lines).find("q quit") != std::string::npos);
    }
}

TEST_CASE("a long text is scrolled, not beyond its ends") {
  TriageScreen screen = waiting();
  screen.text.clear();
  for (int line = 0; line < 100; ++line)
    screen.text += "line " + std::to_string(line) + "\n";
  screen.scroll = -7;
  CHECK(joined(triage_lines(screen, sample::look(80), 24)).find("line 0\n") != std::string::npos);
  CHECK(screen.scroll == 0);
  screen.scroll = 1'000'000;
  CHECK(joined(triage_lines(screen, sample::look(80), 24)).find("line 99\n") != std::string::npos);
  CHECK(screen.scroll < 100);
  CHECK(screen.scroll > 50);
}

TEST_CASE("a stranger's words draw nothing but words") {
  const std::string evil =
      "\x1b[2J\x1b]0;title\x07\xE2\x80\xAE"
      "abc\x9b"
      "31m\r\n\tq quit";
  TriageScreen screen = waiting();
  screen.from = screen.subject = screen.why = screen.text = screen.said = evil;
  screen.notes = screen.attachments = {evil + std::string(10'000, 'x'), evil};
  screen.choices[1].what = evil;
  for (const auto& line : triage_lines(screen, sample::look(80), 24)) {
    CHECK(line.find_first_of("\x1b\x07\r\n\t") == std::string::npos);
    CHECK(line.find("\xE2\x80\xAE") == std::string::npos);
    CHECK(columns(line) <= 80);
  }
}

}  // namespace papertray
