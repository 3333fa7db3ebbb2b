// Submissions as other conference systems export them, so that what reads those reads these.
#pragma once

#include <string>
#include <vector>

#include "report/reader.h"

namespace papertray {

// EasyChair's submission.csv: #, title, authors ("A, B and C"), submitted and last updated (UTC), form
// fields, keywords, decision (accept, reject, "no decision"), notified, reviews sent, abstract, deleted?
// (yes: withdrawn).
std::string easychair_csv(const std::vector<PaperRow>& papers);

// As OpenReview's console does: number, forum (the id, P-7), title, authors and authorids parted by |,
// abstract, pdf (the file in the zip), tcdate and tmdate (UTC), decision (Accept, Reject or nothing),
// withdrawn.
std::string openreview_csv(const std::vector<PaperRow>& papers);

}  // namespace papertray
