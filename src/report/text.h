// Everything that is shown to people, as text that fits the width: one function per command. Nothing a
// stranger wrote passes unchanged: control, direction and invisible characters are made visible.
// Lists that are empty are one sentence. Every text ends with LF.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "report/explain.h"
#include "report/look.h"
#include "report/reader.h"
#include "report/status.h"

namespace papertray {

std::string status_text(const StatusView& view, const Look& look);

// A list of 100,000 goes out in pieces, each of which lives during the call.
using TextSink = std::function<void(std::string_view)>;
void papers_text(const PaperRows& rows, const Look& look, const TextSink& to);
std::string papers_text(const std::vector<PaperRow>& rows, const Look& look);
std::string questions_text(const std::vector<QuestionRow>& rows, const Look& look);
std::string messages_text(const std::vector<MessageRow>& rows, const Look& look);
std::string triage_text(const std::vector<MessageRow>& rows, const Look& look);
std::string outbox_text(const std::vector<OutboxListRow>& rows, const Look& look);

// `full`: questions with the whole text of their mails.
std::string submission_text(const ShownSubmission& shown, const Look& look, bool full = false);
std::string message_text(const ShownMessage& shown, const Look& look);
std::string explain_text(const ExplainView& view, const Look& look);

}  // namespace papertray
