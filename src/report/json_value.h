// What the json_*.cc files share: values made safe, objects in a stable order. Internal to report/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/paper_check.h"
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

// What check-pdf and show tell of a paper alike.
Value findings(const std::vector<Finding>& found);
Value length(double points);  // null when it is not known

// {"internaldate": TIME or null, ..., "counted": KEY}
Value clocks(const std::vector<ClockRow>& rows);

// {"schema": "papertray/NAME/1"}
Value document(std::string_view name);

// Indented, ended by LF. Inside strings, DEL, C1 controls and every direction or invisible character
// stand as \u escapes: the reader gets them back, a terminal never does.
std::string printed(const Value& value);

// One object, written as printed() writes it, but at once: a tree of values for each of 100,000 papers
// takes six times as long.
class ObjectWriter {
 public:
  // Behind what stands in `to`, its fields `indent` blanks from the left.
  ObjectWriter(std::string& to, std::size_t indent);
  void words(std::string_view name, std::string_view text);
  void number(std::string_view name, std::int64_t number);
  void number(std::string_view name, const std::optional<int>& number);
  void flag(std::string_view name, bool flag);
  void time(std::string_view name, Time time);
  void none(std::string_view name);
  ObjectWriter object(std::string_view name);  // ended before this one goes on
  void end();

 private:
  void key(std::string_view name);
  std::string& to_;
  std::size_t indent_;
  bool empty_ = true;
};

// {"schema": "papertray/NAME/1", "items": [...]}, written item by item: a list of 100,000 is never held
// as a tree.
class ListPrinter {
 public:
  explicit ListPrinter(std::string_view name);
  void add(const Value& item);
  ObjectWriter add();
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
