// A regular file opened for reading, never through a symbolic link, never waiting for a FIFO.
#pragma once

#include <cstdint>
#include <ctime>
#include <span>
#include <string>

#include "core/time.h"

namespace papertray {

// What tells that a file is still the one it was.
struct FileMark {
  std::uint64_t device = 0, inode = 0, size = 0;
  std::int64_t seconds = 0, nanoseconds = 0;  // mtime
  bool operator==(const FileMark&) const = default;
};

class ReadFile {
 public:
  // good(), or why() in words; a folder, FIFO or device is not good.
  static ReadFile open(const std::string& path);
  // Takes over a descriptor that is open for reading.
  explicit ReadFile(int descriptor);
  ReadFile(ReadFile&& other) noexcept;
  ReadFile& operator=(ReadFile&& other) noexcept;
  ~ReadFile();

  bool good() const { return why_.empty(); }
  bool not_there() const { return not_there_; }
  const std::string& why() const { return why_; }  // "Permission denied"

  int descriptor() const { return descriptor_; }
  const FileMark& mark() const { return mark_; }  // when it was opened
  FileMark mark_now() const;
  std::uint64_t size() const { return mark_.size; }
  Time time() const { return Time(Seconds(mark_.seconds)); }

  // Fills the buffer; less at the end of the file. -1 and errno when it cannot be read.
  long read_at(std::uint64_t offset, std::span<char> buffer) const;

 private:
  ReadFile() = default;

  int descriptor_ = -1;
  bool not_there_ = false;
  std::string why_;
  FileMark mark_;
};

}  // namespace papertray
