// Goes through a file line by line with bounded memory, however long a line is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "files/read_file.h"

namespace papertray {

struct Line {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;  // with its line end
  std::string_view head;   // its first bytes, without line end (LF or CRLF); good until the next one
  bool empty() const { return head.empty() && size <= 2; }
  std::uint64_t end() const { return offset + size; }
};

class LineScanner {
 public:
  // Reads [begin, end). The file must stay.
  LineScanner(const ReadFile& file, std::uint64_t begin, std::uint64_t end);

  // False at the end. Throws Failure (folder) when the file cannot be read.
  bool next(Line& line);

  // FNV-1a over all bytes since the last start_check.
  void start_check();
  std::uint64_t check() const { return check_; }

  // The first bytes of what follows the present line.
  std::string peek(std::size_t bytes) const;

 private:
  bool fill();

  const ReadFile& file_;
  std::uint64_t at_;  // of the next byte
  std::uint64_t end_;
  std::vector<char> buffer_;
  std::size_t used_ = 0, filled_ = 0;
  std::string head_;
  std::uint64_t check_;
};

}  // namespace papertray
