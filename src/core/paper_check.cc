#include "core/paper_check.h"

#include <algorithm>

#include "core/paper_check_parts.h"
#include "core/printable.h"

namespace papertray {

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warn:
      return "warn";
    case Severity::note:
      return "note";
  }
  return "note";
}

const std::vector<std::string_view>& paper_check_names() {
  static const std::vector<std::string_view> names = {
      "opens",       "encryption",     "page-size", "page-limit", "body-size", "leading",
      "block-width", "left-edge",      "height",    "columns",    "family",    "margin",
      "fonts",       "active-content", "title",     "ink"};
  return names;
}

bool has_errors(const std::vector<Finding>& findings) {
  return std::ranges::any_of(findings,
                             [](const Finding& finding) { return finding.severity == Severity::error; });
}

namespace {

// The word for what it is, and how its author makes a PDF of it.
std::pair<std::string, std::string> kind_words(PdfKind kind) {
  const std::string export_it = "please export it as PDF and send that";
  switch (kind) {
    case PdfKind::empty:
      return {"an empty file", "please send the PDF again"};
    case PdfKind::word:
      return {"a Word document", "please save it as PDF in your word processor and send that"};
    case PdfKind::old_office:
      return {"an Office document", "please save it as PDF in your word processor and send that"};
    case PdfKind::office_zip:
      return {"a zip archive or Office document", export_it};
    case PdfKind::rtf:
      return {"an RTF document", export_it};
    case PdfKind::postscript:
      return {"a PostScript file", "please convert it (ps2pdf does) and send the PDF"};
    case PdfKind::html:
      return {"a web page", "please print it to PDF, or attach the PDF itself instead of a link's page"};
    case PdfKind::image:
      return {"a picture", export_it};
    case PdfKind::tex:
      return {"a LaTeX source", "please run pdflatex and send the PDF"};
    case PdfKind::pdf:
    case PdfKind::other:
      break;
  }
  return {"not a PDF", "please export the paper as PDF and send that"};
}

std::string why_not_read(PdfEnd end) {
  switch (end) {
    case PdfEnd::bomb:
      return "It unpacks to far more than a paper holds, so we did not read it; please export it again.";
    case PdfEnd::time:
      return "We could not read it in the time that we have for a paper; please export it again, with "
             "simpler "
             "figures or by printing it to a PDF.";
    case PdfEnd::memory:
      return "It needs more memory than we have for a paper, so we could not read it; please export it "
             "again, "
             "with simpler figures or by printing it to a PDF.";
    default:
      return "We could not read it, please export it again.";
  }
}

// Whether the file is what it should be. False: nothing more can be said.
bool check_opens(const PdfFacts& facts, PaperFindings& findings) {
  const auto error = [&](std::string measured, std::string text) {
    findings.add("opens", Severity::error, std::move(measured), "a PDF", 0, std::move(text));
    return false;
  };
  if (!facts.open) {
    const PdfFailure* failure = facts.failure(PdfStage::open);
    const PdfEnd end = failure ? failure->end : PdfEnd::unreadable;
    return error(std::string(pdf_end_name(end)), why_not_read(end));
  }
  const PdfOpen& open = *facts.open;
  if (open.kind != PdfKind::pdf) {
    const auto [what, how] = kind_words(open.kind);
    return error(what, "We need a PDF and this is " + what + "; " + how + ".");
  }
  if (open.too_large)
    return error(megabytes(open.size),
                 "The file has " + megabytes(open.size) +
                     ", more than we can read; please make its pictures smaller and export it again.");
  const PdfFailure* text = facts.failure(PdfStage::text);
  if ((facts.structure && facts.structure->lock == PdfLock::user && !facts.text) ||
      (text && text->end == PdfEnd::locked)) {
    findings.add("encryption", Severity::error, "a password is needed", "no password", 0,
                 "It opens only with a password, so we could not read it; please send it without.");
    return false;
  }
  const PdfFailure* structure = facts.failure(PdfStage::structure);
  if (!facts.text && facts.page_count() == 0) {
    // Of two that failed, the one with a name of its own tells more.
    const bool named = structure && structure->end != PdfEnd::unreadable;
    const PdfEnd end = named       ? structure->end
                       : text      ? text->end
                       : structure ? structure->end
                                   : PdfEnd::unreadable;
    return error(std::string(pdf_end_name(end)), why_not_read(end));
  }
  if (facts.page_count() == 0)
    return error("no page", "We found no page in it; please export it again.");
  if (open.end_missing)
    findings.add(
        "opens", Severity::warn, "no end mark", "a whole PDF", 0,
        "The end of the file is missing, it may have been cut off on its way; please look at it and "
        "send it again.");
  if (text && text->end != PdfEnd::unreadable)
    findings.add("opens", Severity::error, std::string(pdf_end_name(text->end)), "a PDF", 0,
                 why_not_read(text->end));
  else if (structure)
    findings.add(
        "opens", Severity::warn, "damaged", "a whole PDF", 0,
        "Something in the file is damaged; viewers may show it differently, so please export it again.");
  else if (text)
    findings.add("opens", Severity::warn, "its text could not be read", "a PDF with text", 0,
                 "We could count its pages but not read its text; please export it again.");
  return true;
}

void check_lock(const PdfFacts& facts, PaperFindings& findings) {
  if (facts.structure && facts.structure->lock != PdfLock::none)
    findings.add("encryption", Severity::note, "protected against changes", "no protection", 0,
                 "It can be read, but is protected against changes; please send it without if you can.");
}

// Fonts that the reader's computer has to have.
void check_fonts(const PdfFacts& facts, PaperFindings& findings) {
  if (!facts.structure) return;
  std::string names;
  int count = 0;
  for (const PdfFont& font : facts.structure->fonts) {
    if (font.embedded) continue;
    if (++count <= 3)
      names += (names.empty() ? "" : ", ") + one_line(font.name.empty() ? "(no name)" : font.name);
  }
  if (count > 3) names += ", ...";
  if (count > 0)
    findings.add(
        "fonts", Severity::warn, "not embedded: " + names, "all embedded", 0,
        "Some fonts are not embedded (" + names +
            "), so the paper may look different elsewhere; please export it with all fonts embedded.");
}

void check_active(const PdfFacts& facts, PaperFindings& findings) {
  if (!facts.structure) return;
  const PdfStructure& found = *facts.structure;
  const auto tell = [&](int count, Severity severity, const std::string& what) {
    if (count > 0)
      findings.add("active-content", severity, what, "none", 0,
                   "The file holds " + what + ", which a paper has no use for; open it with care.",
                   true);
  };
  tell(found.javascript, Severity::warn, "JavaScript");
  tell(found.launch, Severity::warn, "an action that starts a program");
  tell(found.embedded_files, Severity::note, "embedded files");
  tell(found.media, Severity::note, "multimedia");
}

void check_title(const PdfFacts& facts, PaperFindings& findings) {
  if (facts.text && facts.text->letters > 0 && facts.title && facts.title->title.empty())
    findings.add("title", Severity::note, "", "the largest text of page 1", 1,
                 "We could not tell the title; it should be the largest text of the first page.");
}

}  // namespace

PaperVerdict check_paper(const PdfFacts& facts, const PaperStyle& style) {
  PaperFindings findings;
  PaperVerdict verdict;
  if (check_opens(facts, findings)) {
    verdict.pages = facts.page_count();
    const PageCount counted = count_pages(facts, style);
    verdict.counted_pages = counted.pages;
    verdict.stopped_at = counted.stopped_at;
    check_lock(facts, findings);
    check_page_size(facts, style, findings);
    check_page_limit(facts, style, counted, findings);
    check_type(facts, style, findings);
    check_block(facts, style, counted, findings);
    check_fonts(facts, findings);
    check_active(facts, findings);
    check_title(facts, findings);
    check_ink(facts, style, counted, findings);
  }
  verdict.findings = findings.sorted();
  return verdict;
}

}  // namespace papertray
