// What was odd about a message: each sentence once, capped.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "inspect/caps.h"
#include "inspect/plain_text.h"

namespace papertray {

class Notes {
 public:
  void add(const std::string& note) {
    if (note.empty() || notes_.size() >= caps::notes) return;
    std::string line = line_value(note, caps::note_bytes);
    if (std::find(notes_.begin(), notes_.end(), line) == notes_.end()) notes_.push_back(std::move(line));
  }
  std::vector<std::string> take() { return std::move(notes_); }

 private:
  std::vector<std::string> notes_;
};

}  // namespace papertray
