// The http(s) addresses of a message: a paper is sometimes only a link.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace papertray {

class Links {
 public:
  // Every http(s) address in a text.
  void find_in(std::string_view text);
  // One address, as an href has it; others than http(s) are passed over.
  void add(std::string_view address);

  std::vector<std::string> take() { return std::move(links_); }
  bool cut() const { return cut_; }  // caps::links was reached

 private:
  std::vector<std::string> links_;  // each once, in order
  bool cut_ = false;
};

}  // namespace papertray
