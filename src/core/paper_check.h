// Whether a paper looks as its style asks. Pure: the facts of a PDF and a style in, findings out.
//
// A finding informs its author and never rejects: accepted papers overrun too. The checks, tolerances
// and their reasons are in docs/styles.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/paper_style.h"
#include "core/pdf_facts.h"

namespace papertray {

enum class Severity { error, warn, note };
std::string_view severity_name(Severity severity);

struct Finding {
  std::string check;  // one of paper_check_names()
  Severity severity = Severity::note;
  std::string measured = {};    // "3 pages"; "" when nothing was
  std::string expected = {};    // "2 pages"; "" when nothing is
  int page = 0;                 // 0: the whole paper
  std::string text = {};        // one sentence to the author: what is, and how to mend it
  bool for_organizers = false;  // of no use to the author: not in a receipt

  bool operator==(const Finding&) const = default;
};

struct PaperVerdict {
  int pages = 0;                  // 0: could not be counted
  int counted_pages = 0;          // up to the heading where counting stopped
  std::string stopped_at;         // that heading, or ""
  std::vector<Finding> findings;  // in the order of paper_check_names()

  bool operator==(const PaperVerdict&) const = default;
};

// opens encryption page-size page-limit body-size leading block-width left-edge height columns family
// margin fonts active-content title ink
const std::vector<std::string_view>& paper_check_names();

PaperVerdict check_paper(const PdfFacts& facts, const PaperStyle& style);

// The worst of them; nothing when there is none but notes.
bool has_errors(const std::vector<Finding>& findings);

}  // namespace papertray
