#include "report/written.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/printable.h"
#include "report/json_value.h"
#include "report/words.h"

namespace papertray {

std::string written_text(const WrittenView& view) {
  return fmt::format("{}: {} {} in {} {}, {}\n", one_line(view.to), grouped(view.items), view.what,
                     grouped(view.files), view.files == 1 ? "file" : "files", size_text(view.bytes));
}

std::string written_json(const WrittenView& view) {
  json::Value value = json::document(view.command);
  value["to"] = json::words(view.to);
  value["what"] = view.what;
  value["items"] = view.items;
  value["files"] = view.files;
  value["bytes"] = view.bytes;
  return json::printed(value);
}

}  // namespace papertray
