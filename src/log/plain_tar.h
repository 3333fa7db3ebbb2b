// A tar of whole files: what papertray backup makes. Any tar reads it; the log's own segments are
// another thing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/time.h"
#include "log/file.h"

namespace papertray {

class PlainTar {
 public:
  // A new file, mode 0600. Throws Failure (store), as every call here.
  explicit PlainTar(const std::string& path);

  // `name` has at most 100 bytes.
  void add(std::string_view name, std::string_view bytes, Time time);
  // The first `size` bytes of that file, which may grow meanwhile. A shorter one is a failure.
  void add_file(std::string_view name, const std::string& path, std::uint64_t size, Time time);
  // Its end, and all of it on the disk.
  void finish();

  std::uint64_t bytes() const { return end_; }

 private:
  void head(std::string_view name, std::uint64_t size, Time time);
  void write(std::string_view bytes);
  void fill_block();

  File file_;
  std::uint64_t end_ = 0;
};

}  // namespace papertray
