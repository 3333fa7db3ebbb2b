// A paper from papers/, read while its bytes are checked: what people open there may have been changed.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "log/file.h"
#include "log/sha256.h"

namespace papertray {

class VerifiedFile {
 public:
  VerifiedFile(const std::string& path, std::uint64_t size, const std::string& sha256)
      : file_(File::to_read(path)), size_(size), sha256_(sha256) {}

  // Fills the buffer; 0: the end, and all of it is what was sent in. Throws Failure (bad_data)
  // otherwise.
  std::size_t read(std::span<char> buffer);

 private:
  File file_;
  std::uint64_t size_;
  std::string sha256_;
  Sha256 hash_;
  std::uint64_t at_ = 0;
};

}  // namespace papertray
