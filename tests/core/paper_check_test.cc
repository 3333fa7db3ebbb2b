// A paper against a style: facts of a PDF in, findings out.
#include "core/paper_check.h"

#include <functional>

#include <doctest/doctest.h>

using namespace papertray;

namespace {

PaperStyle style() {
  PaperStyle s;
  s.name = "NIPS 2017";
  s.paper = "US Letter";
  s.width = 612;
  s.height = 792;
  s.left = 108;
  s.top = 72;
  s.block_width = 396;
  s.block_height = 648;
  s.first_page_more = 22;
  s.size = 9.963;
  s.leading = 10.909;
  s.size_error_below = 9.71;
  s.size_warn_above = 10.76;
  s.leading_warn_below = 10.61;
  s.leading_error_below = 10.36;
  s.family = "Times";
  s.family_fonts = {"times", "nimbusrom"};
  s.pages = 2;
  s.stop_headings = {"references", "appendix"};
  return s;
}

PdfPageText page_text() {
  PdfPageText page;
  page.lines = page.body_lines = 55;
  page.columns = 1;
  page.left = page.least = 108;
  page.right = page.most = 504;
  page.top = 74;
  page.bottom = 719;
  return page;
}

PdfFacts good() {
  PdfFacts facts;
  facts.open.emplace().kind = PdfKind::pdf;
  facts.structure.emplace();
  facts.structure->page_count = 2;
  facts.structure->pages = {{612, 792, 0, false}, {612, 792, 0, false}};
  facts.structure->fonts = {{"NimbusRomNo9L-Regu", true, false}};
  facts.text.emplace();
  facts.text->page_count = 2;
  facts.text->letters = 7000;
  facts.text->body_letters = 6000;
  facts.text->body_size = 9.963;
  facts.text->body_font = "NimbusRomNo9L-Regu";
  facts.text->leading = 10.909;
  facts.text->pages = {page_text(), page_text()};
  facts.title.emplace().title = "A Title";
  return facts;
}

void pages(PdfFacts& facts, int count) {
  facts.text->page_count = facts.structure->page_count = count;
  facts.text->pages.resize(static_cast<std::size_t>(count), page_text());
  facts.structure->pages.resize(static_cast<std::size_t>(count), {612, 792, 0, false});
}

void heading(PdfFacts& facts, int page, int above, const char* text, bool styled = true) {
  facts.text->headings.push_back({page, above, styled, text});
}

using Change = std::function<void(PdfFacts&)>;

struct Row {
  const char* what;
  Change change;
  const char* expected;  // "error page-limit, warn leading"
};

std::string told(const PaperVerdict& verdict) {
  std::string all;
  for (const Finding& finding : verdict.findings) {
    all +=
        (all.empty() ? "" : ", ") + std::string(severity_name(finding.severity)) + " " + finding.check;
    CHECK(finding.text.ends_with("."));
    CHECK(finding.text.find("invalid") == std::string::npos);
  }
  return all;
}

const Row table[] = {
    {"as it should be", [](PdfFacts&) {}, ""},
    // What it is.
    {"nothing was read", [](PdfFacts& f) { f = PdfFacts{}; }, "error opens"},
    {"Word", [](PdfFacts& f) { f.open->kind = PdfKind::word; }, "error opens"},
    {"too large", [](PdfFacts& f) { f.open->too_large = true; }, "error opens"},
    {"no page", [](PdfFacts& f) { pages(f, 0); }, "error opens"},
    {"cut off, but read", [](PdfFacts& f) { f.open->end_missing = true; }, "warn opens"},
    {"no structure",
     [](PdfFacts& f) {
       f.structure.reset();
       f.failures = {{PdfStage::structure, PdfEnd::unreadable, ""}};
     },
     "warn opens"},
    {"no text",
     [](PdfFacts& f) {
       f.text.reset();
       f.failures = {{PdfStage::text, PdfEnd::unreadable, ""}};
     },
     "warn opens"},
    {"a bomb",
     [](PdfFacts& f) {
       f.text.reset();
       f.failures = {{PdfStage::text, PdfEnd::bomb, ""}};
     },
     "error opens"},
    {"locked",
     [](PdfFacts& f) {
       f.text.reset();
       f.structure->lock = PdfLock::user;
     },
     "error encryption"},
    {"owner's password", [](PdfFacts& f) { f.structure->lock = PdfLock::owner; }, "note encryption"},
    // Pages.
    {"3 pt off is Letter", [](PdfFacts& f) { f.structure->pages[1].width = 615; }, ""},
    {"4 pt off is not", [](PdfFacts& f) { f.structure->pages[1].width = 616; }, "error page-size"},
    {"turned",
     [](PdfFacts& f) {
       f.structure->pages[1] = {792, 612, 90, false};
     },
     "warn page-size"},
    {"cropped", [](PdfFacts& f) { f.structure->pages[0].cropped = true; }, "note page-size"},
    {"3 pages, no heading", [](PdfFacts& f) { pages(f, 3); }, "warn page-limit"},
    {"references on page 3", [](PdfFacts& f) { pages(f, 3), heading(f, 3, 0, "References"); }, ""},
    {"3 lines over", [](PdfFacts& f) { pages(f, 3), heading(f, 3, 3, "References"); },
     "warn page-limit"},
    {"4 lines over", [](PdfFacts& f) { pages(f, 3), heading(f, 3, 4, "References"); },
     "error page-limit"},
    {"a page and 1 line over", [](PdfFacts& f) { pages(f, 4), heading(f, 4, 1, "References"); },
     "error page-limit"},
    {"numbered and spaced", [](PdfFacts& f) { pages(f, 3), heading(f, 3, 0, "6. R EFERENCES"); }, ""},
    {"begins with it", [](PdfFacts& f) { pages(f, 3), heading(f, 3, 0, "Appendix A: Proofs"); }, ""},
    {"as does a sentence",
     [](PdfFacts& f) { pages(f, 3), heading(f, 3, 0, "Appendix A has more", false); },
     "warn page-limit"},
    {"first words of all", [](PdfFacts& f) { pages(f, 3), heading(f, 1, 0, "References"); },
     "warn page-limit"},
    // Type.
    {"9.72 pt", [](PdfFacts& f) { f.text->body_size = 9.72; }, ""},
    {"9.70 pt", [](PdfFacts& f) { f.text->body_size = 9.70; }, "error body-size"},
    {"10.75 pt", [](PdfFacts& f) { f.text->body_size = 10.75; }, ""},
    {"10.77 pt", [](PdfFacts& f) { f.text->body_size = 10.77; }, "warn body-size"},
    {"Type 3", [](PdfFacts& f) { f.text->body_type3 = true, f.text->body_size = 6; }, "note body-size"},
    {"pictures of pages", [](PdfFacts& f) { f.text->letters = f.text->body_letters = 0; },
     "warn body-size"},
    {"leading 10.62", [](PdfFacts& f) { f.text->leading = 10.62; }, ""},
    {"leading 10.60", [](PdfFacts& f) { f.text->leading = 10.60; }, "warn leading"},
    {"leading 10.35", [](PdfFacts& f) { f.text->leading = 10.35; }, "error leading"},
    {"leading 20", [](PdfFacts& f) { f.text->leading = 20; }, ""},
    {"leading not known", [](PdfFacts& f) { f.text->leading = 0; }, ""},
    {"a clone of Times", [](PdfFacts& f) { f.text->body_font = "ABCDEF+Times-New Roman,Bold"; }, ""},
    {"Computer Modern", [](PdfFacts& f) { f.text->body_font = "CMR10"; }, "warn family"},
    {"not embedded", [](PdfFacts& f) { f.structure->fonts[0].embedded = false; }, "warn fonts"},
    // The block.
    {"9 pt wider", [](PdfFacts& f) { f.text->pages[1].right = f.text->pages[1].most = 513; }, ""},
    {"10 pt wider", [](PdfFacts& f) { f.text->pages[1].right = f.text->pages[1].most = 514; },
     "error block-width"},
    {"9 pt further left", [](PdfFacts& f) { f.text->pages[0].left = f.text->pages[0].least = 99; }, ""},
    {"20 pt further right",
     [](PdfFacts& f) {
       for (double* edge : {&f.text->pages[0].left, &f.text->pages[0].right, &f.text->pages[0].least,
                            &f.text->pages[0].most})
         *edge += 20;
     },
     "warn left-edge"},
    {"page 1 is 2 lines taller", [](PdfFacts& f) { f.text->pages[0].bottom = 742; }, ""},
    {"page 2 is", [](PdfFacts& f) { f.text->pages[1].bottom = 742; }, "warn height"},
    {"3 lines taller", [](PdfFacts& f) { f.text->pages[1].bottom = 745; }, "error height"},
    {"higher", [](PdfFacts& f) { f.text->pages[1].top = 60; }, "warn height"},
    {"two columns", [](PdfFacts& f) { f.text->pages[0].columns = f.text->pages[1].columns = 2; },
     "error columns"},
    {"a table in two", [](PdfFacts& f) { f.text->pages[1].columns = 0; }, ""},
    {"sticks out 5 pt", [](PdfFacts& f) { f.text->pages[0].most = 509; }, ""},
    {"sticks out 6 pt", [](PdfFacts& f) { f.text->pages[0].most = 510; }, "note margin"},
    {"sticks out 19 pt", [](PdfFacts& f) { f.text->pages[0].least = 89; }, "warn margin"},
    {"an appendix that is wide",
     [](PdfFacts& f) {
       pages(f, 3), heading(f, 3, 0, "References");
       f.text->pages[2].right = f.text->pages[2].most = 600;
     },
     ""},
    // Beyond the text.
    {"JavaScript", [](PdfFacts& f) { f.structure->javascript = 1; }, "warn active-content"},
    {"attachment", [](PdfFacts& f) { f.structure->embedded_files = 1; }, "note active-content"},
    {"no title", [](PdfFacts& f) { f.title->title.clear(); }, "note title"},
    {"a figure in the margin",
     [](PdfFacts& f) {
       f.ink.emplace().pages = {{60, 72, 504, 700}};
     },
     "note ink"},
    {"line numbers are none",
     [](PdfFacts& f) {
       f.ink.emplace().pages = {{60, 72, 504, 700}};
       f.text->pages[0].line_numbers = true;
     },
     ""},
};

}  // namespace

TEST_CASE("paper check: one thing at a time") {
  for (const Row& row : table) {
    CAPTURE(std::string(row.what));
    PdfFacts facts = good();
    row.change(facts);
    CHECK(told(check_paper(facts, style())) == row.expected);
  }
}

TEST_CASE("paper check: every page counts when the style says so") {
  PdfFacts facts = good();
  pages(facts, 3);
  heading(facts, 3, 0, "References");
  PaperStyle all = style();
  all.count_all = true;
  const PaperVerdict verdict = check_paper(facts, all);
  CHECK(told(verdict) == "error page-limit");
  CHECK(verdict.counted_pages == 3);
}

TEST_CASE("paper check: says where it stopped counting") {
  PdfFacts facts = good();
  pages(facts, 5);
  heading(facts, 4, 10, "7 References");
  const PaperVerdict verdict = check_paper(facts, style());
  CHECK(verdict.pages == 5);
  CHECK(verdict.counted_pages == 4);
  CHECK(verdict.stopped_at == "7 References");
  REQUIRE(verdict.findings.size() == 1);
  CHECK(verdict.findings[0].measured == "4 pages");
  CHECK(verdict.findings[0].expected == "at most 2 pages");
  CHECK(verdict.findings[0].text.find("\"7 References\" on page 4") != std::string::npos);
}

TEST_CASE("paper check: lengths as authors know them") {
  const auto text = [](double size) {
    PdfFacts facts = good();
    facts.text->body_size = size;
    const std::vector<Finding> findings = check_paper(facts, style()).findings;
    REQUIRE(findings.size() == 1);
    return findings[0].text;
  };
  CHECK(text(8.966).find("set in 8.97 pt (LaTeX's 9pt); please set it in 9.96 pt (LaTeX's 10pt)") !=
        std::string::npos);
  CHECK(text(9.5).find("set in 9.50 pt; please") != std::string::npos);
  CHECK(text(9).find("set in 9 pt; please") != std::string::npos);
  CHECK(text(10.909).find("set in 10.91 pt (LaTeX's 11pt), larger") != std::string::npos);
  PdfFacts wide = good();
  wide.text->pages[1].right = wide.text->pages[1].most = 540;
  CHECK(check_paper(wide, style()).findings[0].text ==
        "The text of page 2 is 432 pt (6.00 in) wide; the NIPS 2017 style has 396 pt (5.50 in), please "
        "use its margins.");
}

TEST_CASE("paper check: what concerns organizers alone is marked") {
  PdfFacts facts = good();
  facts.structure->launch = 1;
  facts.structure->fonts[0].embedded = false;
  const PaperVerdict verdict = check_paper(facts, style());
  REQUIRE(verdict.findings.size() == 2);
  CHECK_FALSE(verdict.findings[0].for_organizers);
  CHECK(verdict.findings[1].for_organizers);
}

TEST_CASE("paper check: a stranger's font name is harmless") {
  PdfFacts facts = good();
  facts.text->body_font = "\x1b[31mX";
  const PaperVerdict verdict = check_paper(facts, style());
  REQUIRE(verdict.findings.size() == 1);
  CHECK(verdict.findings[0].text.find('\x1b') == std::string::npos);
}

TEST_CASE("paper check: headings and fonts by their plain names") {
  CHECK(plain_heading("7. R EFERENCES") == "references");
  CHECK(plain_heading("A.2 Appendix:") == "appendix");
  CHECK(plain_heading("IV. Bibliography") == "bibliography");
  CHECK(plain_font_name("ABCDEF+Nimbus Roman No9 L") == "nimbusromanno9l");
  CHECK(plain_font_name("Times,Bold") == "timesbold");
}
