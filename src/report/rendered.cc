#include "report/rendered.h"

#include <nlohmann/json.hpp>

#include "core/printable.h"
#include "report/json_value.h"
#include "report/table.h"

namespace papertray {

std::string rendered_text(const RenderedView& view) {
  return "Subject: " + one_line(view.receipt.subject) + "\n\n" + many_lines(view.receipt.text);
}

std::string rendered_list(const std::vector<RenderedView>& views, const Look& look) {
  Table table({{"template", 0}, {"subject", 0, 24}});
  for (const RenderedView& view : views)
    table.add({view.name, view.receipt.subject});
  return table.text(look);
}

std::string rendered_json(const std::vector<RenderedView>& views) {
  json::Value value = json::document("template");
  json::Value& items = value["items"] = json::Value::array();
  for (const RenderedView& view : views)
    items.push_back({{"name", view.name},
                     {"subject", json::words(view.receipt.subject)},
                     {"text", json::words(view.receipt.text)},
                     {"html", json::words(view.receipt.html)}});
  return json::printed(value);
}

}  // namespace papertray
