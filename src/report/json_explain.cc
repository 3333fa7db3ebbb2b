#include <nlohmann/json.hpp>

#include "report/json.h"
#include "report/json_value.h"

namespace papertray {
namespace {

using json::Value;

Value clocks(const ExplainView& view) {
  Value value = json::clocks(clock_rows(view.clocks, clock_name(view.received.clock)));
  value["note"] = json::words_or_null(view.received.note);
  return value;
}

Value decision(const Decision& made) {
  return {{"fate", fate_name(made.fate)},
          {"track", json::words_or_null(made.track)},
          {"reason", json::words(made.reason)},
          {"notes", json::list(made.notes)},
          {"trace", json::list(made.trace)}};
}

Value submission(const ExplainView& view) {
  if (view.submission.empty()) return {};
  return {{"id", json::words(view.submission)},
          {"version", view.version},
          {"reason", json::words(view.match_reason)},
          {"note", json::words_or_null(view.match_note)}};
}

Value on_record(const ExplainView& view) {
  if (!view.recorded_fate) return {};
  return {{"fate", fate_name(*view.recorded_fate)}, {"reason", json::words(view.recorded_reason)}};
}

}  // namespace

std::string explain_json(const ExplainView& view) {
  Value value = json::document("explain");
  value["what"] = json::words(view.what);
  value["message_id"] = json::words(view.message_id);
  value["from"] = json::words(view.from);
  value["from_name"] = json::words(view.from_name);
  value["subject"] = json::words(view.subject);
  value["size"] = view.size;
  value["sha256"] = json::words(view.sha256);
  value["spam_folder"] = json::words_or_null(view.spam_folder);
  value["received_at"] = json::time(view.received.at);
  value["clocks"] = clocks(view);
  value["odd"] = json::list(view.notes);
  value["decision"] = decision(view.decision);
  value["submission"] = submission(view);
  value["may_reply"] = {{"yes", view.may_reply.yes},
                        {"to", json::words_or_null(view.may_reply.yes ? view.may_reply.to : "")},
                        {"reason", json::words_or_null(view.may_reply.reason)}};
  value["on_record"] = on_record(view);
  return json::printed(value);
}

}  // namespace papertray
