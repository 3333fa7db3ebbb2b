// A file by its descriptor: the one place where short reads and writes, EINTR and failed calls are
// dealt with. Every failure is Failure (store) that names the file.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace papertray {

class File {
 public:
  // Opens an existing file.
  static File to_read(const std::string& path);
  static File to_write(const std::string& path);
  // A new file, mode 0600; one that exists already is a failure.
  static File create(const std::string& path);

  File() = default;
  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;
  ~File();

  const std::string& path() const { return path_; }
  std::uint64_t size() const;

  // Fills the buffer; less only at the end of the file.
  std::size_t read_at(std::uint64_t offset, std::span<char> buffer) const;
  // Writes all of it.
  void write_at(std::uint64_t offset, std::span<const char> bytes) const;
  void truncate(std::uint64_t size) const;
  // The disk may begin with these bytes, so that a sync finds less to do. A hint: what fails, sync tells
  // of.
  void begin_writing(std::uint64_t offset, std::uint64_t size) const noexcept;
  // The content and what is needed to find it are on the disk (fdatasync).
  void sync() const;

 private:
  File(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}

  int descriptor_ = -1;
  std::string path_;
};

// The folder's list of names is on the disk.
void sync_folder(const std::string& path);

}  // namespace papertray
