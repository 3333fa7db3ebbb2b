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

void write_final_copy(json::ObjectWriter item, const FinalRow& row) {
  item.number("version", row.version);
  item.time("received_at", row.received);
  item.flag("on_time", row.on_time);
  if (row.margin_s)
    item.number("margin_s", *row.margin_s);
  else
    item.none("margin_s");
  item.words("sha256", row.sha256);
  item.words("file", row.file);
  item.end();
}

void write_paper(json::ObjectWriter item, const PaperRow& row) {
  item.words("id", row.id);
  item.words("title", row.title);
  item.words("submitter", row.submitter);
  item.number("versions", row.versions);
  item.time("received_at", row.received);
  item.flag("on_time", row.on_time);
  item.number("margin_s", row.margin_s);
  item.words("state", row.state);
  item.number("pages", row.pages);
  item.number("findings", row.findings);
  item.words("sha256", row.sha256);
  item.words("submitter_name", row.submitter_name);
  item.number("counting_version", row.counting);
  item.words("file", row.file);
  if (row.final_copy)
    write_final_copy(item.object("final"), *row.final_copy);
  else
    item.none("final");
  item.end();
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
  rows([&](const PaperRow& row) { write_paper(printer.add(), row); });
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
