// Lists for a spreadsheet: RFC 4180 with LF at line ends, UTF-8 without a mark, a first line of the
// field names that JSON has. A text that a spreadsheet would take for a formula (it begins with = + - @
// TAB, CR, LF or the full-width forms of the first four) gets a leading '. Numbers and times are never
// changed.
#pragma once

#include <string>
#include <vector>

#include "report/reader.h"

namespace papertray {

std::string papers_csv_from(const PaperRows& rows);
std::string papers_csv(const std::vector<PaperRow>& rows);
std::string questions_csv(const std::vector<QuestionRow>& rows);
std::string messages_csv(const std::vector<MessageRow>& rows);
std::string outbox_csv(const std::vector<OutboxListRow>& rows);

}  // namespace papertray
