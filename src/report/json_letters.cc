#include <nlohmann/json.hpp>

#include "report/json_value.h"
#include "report/letters.h"

namespace papertray {
namespace {

using json::Value;

Value step(const OutboxStep& row) {
  return {{"begun_at", json::time(row.begun)},
          {"ended_at", json::time(row.ended)},
          {"state", json::words_or_null(row.state)},
          {"reason", json::words(row.reason)},
          {"next_try_at", json::time(row.next_try)}};
}

Value ordered(const OrderedRow& row) {
  return {{"id", row.id},
          {"to", json::words(row.to)},
          {"kind", json::words(row.kind)},
          {"was", outbox_state_name(row.was)},
          {"state", outbox_state_name(row.now.value_or(row.was))},
          {"done", row.now.has_value()},
          {"reason", json::words(row.reason)}};
}

}  // namespace

std::string letter_json(const ShownLetter& shown, const std::string& text) {
  Value value = json::document("show-outbox");
  value.update(json::outbox(shown.row));
  value["token"] = json::words(shown.token);
  value["message"] = json::words_or_null(shown.message);
  value["message_id"] = json::words(shown.message_id);
  value["text"] = json::words(text);
  Value& steps = value["history"] = Value::array();
  for (const OutboxStep& row : shown.steps)
    steps.push_back(step(row));
  return json::printed(value);
}

std::string ordered_json(const OrderedView& view) {
  Value value = json::document("outbox-" + std::string(order_name(view.order)));
  value["dry_run"] = view.dry_run;
  Value& items = value["items"] = Value::array();
  for (const OrderedRow& row : view.rows)
    items.push_back(ordered(row));
  value["sent"] = view.sent ? Value{{"sent", view.sent->sent},
                                    {"waiting", view.sent->waiting},
                                    {"failed", view.sent->failed}}
                            : Value();
  value["paused"] = json::words_or_null(view.paused);
  value["again_at"] = json::time(view.again);
  return json::printed(value);
}

}  // namespace papertray
