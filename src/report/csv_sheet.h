// One sheet, row by row: what all CSV files of ours share. Internal to report/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"

namespace papertray {

class Sheet {
 public:
  explicit Sheet(std::string_view head) : text_(head) { text_ += '\n'; }

  // A stranger's text, or any text: made harmless for spreadsheets (csv.h).
  Sheet& words(std::string_view value);
  // What we made ourselves: numbers, times.
  Sheet& put(std::string_view cell);
  Sheet& number(std::int64_t value);
  Sheet& number(std::optional<int> value) { return value ? number(*value) : put(""); }
  Sheet& time(Time value) { return put(rfc3339(value)); }
  Sheet& truth(bool value) { return put(value ? "true" : "false"); }

  void end_row() {
    text_ += '\n';
    first_ = true;
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  bool first_ = true;
};

}  // namespace papertray
