// A hostile reader's answer about a PDF: taken within its caps, judged, and told in clean lines.
#include <algorithm>

#include "core/checked_paper.h"
#include "core/paper_style.h"
#include "core/printable.h"
#include "core/receipt_check.h"
#include "fuzz/target.h"
#include "inspect/pdf_answer.h"
#include "inspect/pdf_caps.h"

using namespace papertray;

namespace {

bool is_one_line(const std::string& text) {
  return text == one_line(text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // In two pieces, as a pipe may bring it; the first byte says where it is cut.
  const std::string_view all = fuzz::text_of(data, size);
  const std::size_t cut = all.empty() ? 0 : static_cast<unsigned char>(all[0]) * all.size() / 256;
  PdfAnswer answer;
  if (answer.take(all.substr(0, cut))) answer.take(all.substr(cut));
  const PdfFacts& facts = answer.facts;
  fuzz::expect(!facts.structure || (facts.structure->pages.size() <= pdf_caps::pages &&
                                    facts.structure->fonts.size() <= pdf_caps::fonts),
               "pages and fonts keep their caps");
  fuzz::expect(!facts.text || facts.text->headings.size() <= pdf_caps::headings,
               "headings keep their cap");

  PaperStyle style;
  style.name = "a style";
  style.paper = "US Letter";
  style.width = 612;
  style.height = 792;
  style.block_width = 396;
  style.block_height = 648;
  style.pages = 2;
  style.stop_headings = {"references"};
  style.family = "Times";
  style.family_fonts = {"times"};
  const CheckedPaper paper = checked_paper(facts, style);
  fuzz::expect(paper.verdict.findings.size() <= 64, "what is found is a few sentences");
  for (const Finding& finding : paper.verdict.findings)
    fuzz::expect(is_one_line(finding.text) && is_one_line(finding.measured) && !finding.text.empty(),
                 "a finding is one clean line");
  const std::string words = found_words(paper, style) + findings_words(paper);
  fuzz::expect(words.size() < 16'384, "a receipt stays short");
  fuzz::expect(valid_utf8(words) == words, "and is UTF-8");
  return 0;
}
