#include <nlohmann/json.hpp>

#include "report/acts.h"
#include "report/json_value.h"

namespace papertray {

std::string acted_json(const ActedView& view) {
  using json::Value;
  Value value = json::document("acts");
  value["command"] = json::words(view.command);
  value["actor"] = json::words(view.actor);
  value["undone"] = view.undone;
  Value& items = value["items"] = Value::array();
  for (const ActedRow& row : view.rows)
    items.push_back({{"id", json::words(row.act.id)},
                     {"act", act_name(row.act.kind)},
                     {"into", json::words_or_null(row.act.into)},
                     {"panel", row.act.panel == 0 ? Value() : Value(row.act.panel)},
                     {"note", json::words(row.act.note)},
                     {"text", json::words_or_null(row.act.text)},
                     {"done", row.done},
                     {"reason", json::words(row.reason)}});
  return json::printed(value);
}

}  // namespace papertray
