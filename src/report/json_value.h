// What the json_*.cc files share: values made safe, objects in a stable order. Internal to report/.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/time.h"
#include "report/explain.h"
#include "report/reader.h"

namespace papertray::json {

using Value = nlohmann::ordered_json;

Value words(std::string_view text);          // every byte that is no UTF-8 replaced
Value words_or_null(std::string_view text);  // "" is null: there is none
Value list(const std::vector<std::string>& texts);
Value time(Time t);
Value time(const std::optional<Time>& t);
Value number(const std::optional<int>& n);

// Rows that several documents hold.
Value message(const MessageRow& row);
Value outbox(const OutboxListRow& row);

// {"internaldate": TIME or null, ..., "counted": KEY}
Value clocks(const std::vector<ClockRow>& rows);

// {"schema": "papertray/NAME/1"}
Value document(std::string_view name);

// Indented, ended by LF. Inside strings, DEL, C1 controls and every direction or invisible character
// stand as \u escapes: the reader gets them back, a terminal never does.
std::string printed(const Value& value);

// {"schema": "papertray/NAME/1", "items": [...]}, written item by item: a list of 100,000 is never held
// as a tree.
class ListPrinter {
 public:
  explicit ListPrinter(std::string_view name);
  void add(const Value& item);
  std::string take();

 private:
  std::string text_;
  bool empty_ = true;
};

template <typename Row, typename ToValue>
std::string printed_list(std::string_view name, const std::vector<Row>& rows, ToValue to_value) {
  ListPrinter printer(name);
  for (const Row& row : rows)
    printer.add(to_value(row));
  return printer.take();
}

}  // namespace papertray::json
