#include "log/file.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log/log_error.h"

namespace papertray {
namespace {

int open_again(const std::string& path, int flags) {
  for (;;) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, 0600);
    if (descriptor >= 0 || errno != EINTR) return descriptor;
  }
}

}  // namespace

File File::to_read(const std::string& path) {
  const int descriptor = open_again(path, O_RDONLY);
  if (descriptor < 0) throw cannot_read_log(path, errno);
  return File(descriptor, path);
}

File File::to_write(const std::string& path) {
  const int descriptor = open_again(path, O_RDWR);
  if (descriptor < 0) throw cannot_write_log(path, errno);
  return File(descriptor, path);
}

File File::create(const std::string& path) {
  const int descriptor = open_again(path, O_RDWR | O_CREAT | O_EXCL);
  if (descriptor < 0) throw cannot_write_log(path, errno);
  return File(descriptor, path);
}

File::File(File&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}

File& File::operator=(File&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(path_, other.path_);
  return *this;
}

File::~File() {
  // What had to be on the disk was synced; close can only repeat an error that sync has told.
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::uint64_t File::size() const {
  struct stat about {};
  if (::fstat(descriptor_, &about) != 0) throw cannot_read_log(path_, errno);
  return static_cast<std::uint64_t>(about.st_size);
}

std::size_t File::read_at(std::uint64_t offset, std::span<char> buffer) const {
  std::size_t done = 0;
  while (done < buffer.size()) {
    const ssize_t got = ::pread(descriptor_, buffer.data() + done, buffer.size() - done,
                                static_cast<off_t>(offset + done));
    if (got == 0) break;
    if (got > 0) {
      done += static_cast<std::size_t>(got);
    } else if (errno != EINTR) {
      throw cannot_read_log(path_, errno);
    }
  }
  return done;
}

void File::write_at(std::uint64_t offset, std::span<const char> bytes) const {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t put = ::pwrite(descriptor_, bytes.data() + done, bytes.size() - done,
                                 static_cast<off_t>(offset + done));
    if (put > 0) {
      done += static_cast<std::size_t>(put);
    } else if (put == 0) {
      throw cannot_write_log(path_, EIO);  // POSIX gives no meaning to this for a regular file
    } else if (errno != EINTR) {
      throw cannot_write_log(path_, errno);
    }
  }
}

void File::truncate(std::uint64_t size) const {
  while (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0)
    if (errno != EINTR) throw cannot_write_log(path_, errno);
}

void File::begin_writing(std::uint64_t offset, std::uint64_t size) const noexcept {
  // An error of the disk stays with the file until fdatasync has told it; file systems without this call
  // sync later.
  ::sync_file_range(descriptor_, static_cast<off64_t>(offset), static_cast<off64_t>(size),
                    SYNC_FILE_RANGE_WRITE);
}

void File::sync() const {
  while (::fdatasync(descriptor_) != 0)
    if (errno != EINTR) throw cannot_write_log(path_, errno);
}

void sync_folder(const std::string& path) {
  const int descriptor = open_again(path, O_RDONLY | O_DIRECTORY);
  if (descriptor < 0) throw cannot_write_log(path, errno);
  int result = 0;
  do {
    result = ::fsync(descriptor);
  } while (result != 0 && errno == EINTR);
  const int error = errno;
  ::close(descriptor);
  if (result != 0) throw cannot_write_log(path, error);
}

}  // namespace papertray
