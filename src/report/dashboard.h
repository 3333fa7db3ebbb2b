// The organizers' private pages as files: the state of the desk in numbers and drawings, and a page for
// each submission. Pure. It holds addresses and letters: whoever may read it may read the mailbox.
#pragma once

#include <string>
#include <vector>

#include "report/look.h"
#include "report/page_file.h"
#include "report/reader.h"
#include "report/status.h"
#include "report/timeline.h"

namespace papertray {

// So many seconds, each once for a receipt.
using Spans = std::vector<std::int64_t>;

struct FindingCount {
  std::string check;  // "page-limit"
  std::string severity;
  std::int64_t papers = 0;
};

struct DashboardView {
  StatusView status;
  Timeline timeline;  // of the first track of papers
  std::vector<PaperRow> papers;
  std::vector<QuestionRow> questions;
  std::vector<OutboxListRow> outbox_problems;
  Spans latency;  // from received to sent
  std::vector<FindingCount> findings;
};

// index.html and style.css.
std::vector<PageFile> dashboard_pages(const DashboardView& view, const Look& look);

// submissions/P-007.html
PageFile submission_page(const ShownSubmission& shown, const Look& look);
std::string submission_page_path(const std::string& id);

}  // namespace papertray
