// The same for programs: one JSON object with "schema": "papertray/NAME/1", as docs/json.md fixes it.
// Times are RFC 3339 in UTC, sizes bytes, durations seconds. The order of fields is stable. Bytes that
// are no UTF-8 are replaced, and characters that could steer a terminal stand as \u escapes.
#pragma once

#include <string>
#include <vector>

#include "report/explain.h"
#include "report/reader.h"
#include "report/status.h"

namespace papertray {

// Deadlines have passed, or not, at `now`.
std::string status_json(const StatusView& view, Time now);

std::string papers_json_from(const PaperRows& rows);
std::string papers_json(const std::vector<PaperRow>& rows);
std::string questions_json(const std::vector<QuestionRow>& rows);
std::string messages_json(const std::vector<MessageRow>& rows);
std::string triage_json(const std::vector<MessageRow>& rows);
std::string outbox_json(const std::vector<OutboxListRow>& rows);

std::string submission_json(const ShownSubmission& shown);
std::string message_json(const ShownMessage& shown);
std::string explain_json(const ExplainView& view);

}  // namespace papertray
