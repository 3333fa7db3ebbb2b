#include <nlohmann/json.hpp>

#include "core/reply_text.h"
#include "report/final_comparison.h"
#include "report/json.h"
#include "report/json_value.h"

namespace papertray {
namespace {

using json::Value;

template <typename Row>
Value array_of(const std::vector<Row>& rows, Value (*value_of)(const Row&)) {
  Value array = Value::array();
  for (const Row& row : rows)
    array.push_back(value_of(row));
  return array;
}

// Of a question; null for a paper.
Value full_text(const VersionRow& row) {
  if (!row.file.empty()) return {};
  return json::words(row.full_text.empty() ? row.text : row.full_text);
}

Value check(const std::optional<PaperCheckRow>& row) {
  if (!row) return {};
  const PaperVerdict& verdict = row->paper.verdict;
  Value organizers = Value::array();
  for (const Finding& finding : verdict.findings)
    if (finding.for_organizers) organizers.push_back(finding.check + ": " + finding.measured);
  return {{"checked_at", json::time(row->at)},
          {"style", json::words(row->style)},
          {"style_version", json::words(row->style_version)},
          {"opens", row->paper.opens},
          {"pages", verdict.pages > 0 ? Value(verdict.pages) : Value()},
          {"counted_pages", verdict.pages > 0 ? Value(verdict.counted_pages) : Value()},
          {"stopped_at", json::words_or_null(verdict.stopped_at)},
          {"title", json::words_or_null(row->paper.title)},
          {"authors", json::words_or_null(row->paper.authors)},
          {"width_pt", json::length(row->paper.width)},
          {"height_pt", json::length(row->paper.height)},
          {"findings", json::findings(verdict.findings)},
          {"organizers_only", std::move(organizers)}};
}

Value version(const VersionRow& row) {
  return {{"version", row.version},
          {"counts", row.counts},
          {"final", row.final_copy},
          {"final_counts", row.final_counts},
          {"excused", row.excused},
          {"merged_from", json::words_or_null(row.merged_from)},
          {"message", json::words(row.message)},
          {"received_at", json::time(row.received)},
          {"on_time", row.on_time},
          {"margin_s", row.margin_s},
          {"file_name", json::words(row.file_name)},
          {"file", json::words(row.file)},
          {"size", row.size},
          {"sha256", json::words(row.sha256)},
          {"text", json::words(row.text)},
          {"full_text", full_text(row)},
          {"questions", row.file.empty() ? Value(count_questions(row.text)) : Value()},
          {"check", check(row.check)}};
}

Value compared(const std::optional<FinalComparison>& with) {
  if (!with) return {};
  return {{"version", with->accepted},
          {"same_file", with->same_file},
          {"title_was", json::words(with->title_was)},
          {"title", json::words(with->title_is)},
          {"pages_was", with->pages_was},
          {"pages", with->pages_is},
          {"percent_alike", json::number(with->percent_alike)},
          {"text", json::words(comparison_text(*with))}};
}

Value event(const HistoryRow& row) {
  return {{"at", json::time(row.at)}, {"what", json::words(row.what)}};
}

Value place(const PlaceRow& row) {
  return {{"account", json::words(row.account)},
          {"folder", json::words(row.folder)},
          {"name", json::words(row.name)},
          {"uidvalidity", row.uidvalidity},
          {"uid", row.uid},
          {"marked", row.marked}};
}

}  // namespace

std::string submission_json(const ShownSubmission& shown) {
  Value value = json::document("show-submission");
  value["id"] = json::words(shown.id);
  value["track"] = json::words(shown.track);
  value["title"] = json::words(shown.title);
  value["authors"] = json::words(shown.authors);
  value["corrected"] = {{"title", json::words_or_null(shown.right_title)},
                        {"authors", json::words_or_null(shown.right_authors)}};
  value["submitter"] = json::words(shown.submitter);
  value["submitter_name"] = json::words(shown.submitter_name);
  value["state"] = json::words(shown.state);
  value["merged_into"] = json::words_or_null(shown.merged_into);
  value["panel"] = json::number(shown.panel);
  value["hidden"] = shown.hidden;
  value["versions"] = array_of(shown.versions, version);
  for (std::size_t i = 0; i < shown.versions.size(); ++i)
    value["versions"][i]["compared"] = compared(compared_with_accepted(shown, shown.versions[i]));
  value["messages"] = array_of(shown.messages, json::message);
  value["outbox"] = array_of(shown.outbox, json::outbox);
  value["history"] = array_of(shown.history, event);
  return json::printed(value);
}

std::string message_json(const ShownMessage& shown) {
  Value value = json::document("show-message");
  value.update(json::message(shown.row));
  value["from_name"] = json::words(shown.from_name);
  value["size"] = shown.size;
  value["whole_size"] = shown.oversize ? Value(shown.oversize->whole) : Value(nullptr);
  value["spam_folder"] = json::words_or_null(shown.spam_folder);
  value["clocks"] = json::clocks(clock_rows(clocks_of(shown), shown.clock));
  value["log"] = {{"segment", shown.log_segment}, {"offset", shown.log_offset}};
  value["places"] = array_of(shown.places, place);
  value["outbox"] = array_of(shown.outbox, json::outbox);
  value["history"] = array_of(shown.history, event);
  return json::printed(value);
}

}  // namespace papertray
