#include <nlohmann/json.hpp>

#include "core/reply_text.h"
#include "report/json.h"
#include "report/json_value.h"

namespace papertray {

using json::Value;

namespace json {

Value message(const MessageRow& row) {
  return {{"id", row.id},
          {"message_id", words(row.message_id)},
          {"from", words(row.from)},
          {"subject", words(row.subject)},
          {"received_at", time(row.received)},
          {"fate", fate_name(row.fate)},
          {"reason", words(row.reason)},
          {"track", words_or_null(row.track)},
          {"submission", words_or_null(row.submission)},
          {"sha256", words(row.sha256)},
          {"notes", list(row.notes)},
          {"open_notes", list(row.open_notes)}};
}

Value outbox(const OutboxListRow& row) {
  return {{"id", row.id},
          {"kind", words(row.kind)},
          {"to", words(row.to)},
          {"state", outbox_state_name(row.state)},
          {"attempts", row.attempts},
          {"reason", words(row.reason)},
          {"submission", words_or_null(row.submission)},
          {"subject", words(row.subject)},
          {"created_at", time(row.created)},
          {"next_try_at", time(row.next_try)}};
}

}  // namespace json

namespace {

Value final_copy(const std::optional<FinalRow>& row) {
  if (!row) return {};
  return {{"version", row->version},
          {"received_at", json::time(row->received)},
          {"on_time", row->on_time},
          {"margin_s", row->margin_s ? Value(*row->margin_s) : Value()},
          {"sha256", json::words(row->sha256)},
          {"file", json::words(row->file)}};
}

Value paper(const PaperRow& row) {
  return {{"id", row.id},
          {"title", json::words(row.title)},
          {"submitter", json::words(row.submitter)},
          {"versions", row.versions},
          {"received_at", json::time(row.received)},
          {"on_time", row.on_time},
          {"margin_s", row.margin_s},
          {"state", json::words(row.state)},
          {"pages", json::number(row.pages)},
          {"findings", row.findings},
          {"sha256", json::words(row.sha256)},
          {"submitter_name", json::words(row.submitter_name)},
          {"counting_version", row.counting},
          {"file", json::words(row.file)},
          {"final", final_copy(row.final_copy)}};
}

Value question(const QuestionRow& row) {
  return {{"id", row.id},
          {"asker", json::words(row.asker)},
          {"text", json::words(row.text)},
          {"received_at", json::time(row.received)},
          {"on_time", row.on_time},
          {"panel", json::number(row.panel)},
          {"hidden", row.hidden},
          {"asker_name", json::words(row.asker_name)},
          {"questions", count_questions(row.text)}};
}

template <typename Row>
std::string listed(std::string_view name, const std::vector<Row>& rows, Value (*value_of)(const Row&)) {
  json::ListPrinter printer(name);
  for (const Row& row : rows)
    printer.add(value_of(row));
  return printer.take();
}

}  // namespace

std::string papers_json_from(const PaperRows& rows) {
  json::ListPrinter printer("list-papers");
  rows([&](const PaperRow& row) { printer.add(paper(row)); });
  return printer.take();
}

std::string papers_json(const std::vector<PaperRow>& rows) {
  return papers_json_from(from(rows));
}

std::string questions_json(const std::vector<QuestionRow>& rows) {
  return listed("list-questions", rows, question);
}

std::string messages_json(const std::vector<MessageRow>& rows) {
  return listed("list-messages", rows, json::message);
}

std::string triage_json(const std::vector<MessageRow>& rows) {
  return listed("list-triage", rows, json::message);
}

std::string outbox_json(const std::vector<OutboxListRow>& rows) {
  return listed("list-outbox", rows, json::outbox);
}

}  // namespace papertray
