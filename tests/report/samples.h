// A small workshop as rows: what the tests of report/ and docs/json.md show.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/rules.h"
#include "report/acts.h"
#include "report/audit.h"
#include "report/doctor.h"
#include "report/explain.h"
#include "report/init.h"
#include "report/letters.h"
#include "report/look.h"
#include "report/notices.h"
#include "report/outcome.h"
#include "report/paper_check.h"
#include "report/reader.h"
#include "report/status.h"

namespace papertray::sample {

Time at(std::string_view rfc3339);
Time now();            // an hour and a minute before the papers' deadline
Look look(int width);  // at now, in the workshop's zone, without colour
Rules rules();         // as rules/dlsc2017.toml

StatusView status();
std::vector<PaperRow> papers();
std::vector<QuestionRow> questions();
std::vector<MessageRow> messages();
std::vector<OutboxListRow> outbox();
ShownLetter letter();
OrderedView ordered();
ActedView acted();
NoticesView notices();
PaperCheckRow check();
ShownSubmission submission();
ShownSubmission accepted();  // with final copies
ShownSubmission question();  // of a mail that says more
ShownMessage message();
ExplainView explanation();
std::vector<CheckRow> checks();
InitView init();
PaperView checked_paper();
TakenView taken();
RebuiltView rebuilt();
AuditView audit();
std::vector<WouldTake> would_take();

}  // namespace papertray::sample
