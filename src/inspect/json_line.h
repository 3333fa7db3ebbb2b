// JSON written front to back, without a tree: the reader's answers are small and its time is counted.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace papertray {

class JsonLine {
 public:
  JsonLine& open(char bracket);
  JsonLine& close(char bracket);
  JsonLine& key(std::string_view name);
  JsonLine& text(std::string_view value);  // valid UTF-8
  JsonLine& number(std::int64_t value);
  JsonLine& length(double points);  // to 1/1000 pt; what is no number becomes 0
  JsonLine& flag(bool value);
  std::string take() { return std::move(out_); }

 private:
  void comma();
  std::string out_;
  bool first_ = true;
};

}  // namespace papertray
