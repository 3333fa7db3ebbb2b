#include "files/read_file.h"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace papertray {
namespace {

FileMark mark_of(const struct stat& about) {
  return {.device = about.st_dev,
          .inode = about.st_ino,
          .size = static_cast<std::uint64_t>(about.st_size),
          .seconds = about.st_mtim.tv_sec,
          .nanoseconds = about.st_mtim.tv_nsec};
}

}  // namespace

ReadFile ReadFile::open(const std::string& path) {
  ReadFile file;
  // O_NONBLOCK: opening a FIFO would wait for its writer. It means nothing to a regular file.
  do {
    file.descriptor_ = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  } while (file.descriptor_ < 0 && errno == EINTR);
  struct stat about {};
  if (file.descriptor_ < 0 || ::fstat(file.descriptor_, &about) != 0) {
    file.not_there_ = errno == ENOENT;
    file.why_ = errno == ELOOP ? "it is a symbolic link" : std::generic_category().message(errno);
  } else if (!S_ISREG(about.st_mode)) {
    file.why_ = "it is not a regular file";
  }
  file.mark_ = mark_of(about);
  return file;
}

ReadFile::ReadFile(int descriptor) : descriptor_(descriptor), mark_(mark_now()) {}

ReadFile::ReadFile(ReadFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      not_there_(other.not_there_),
      why_(std::move(other.why_)),
      mark_(other.mark_) {}

ReadFile& ReadFile::operator=(ReadFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(not_there_, other.not_there_);
  std::swap(why_, other.why_);
  std::swap(mark_, other.mark_);
  return *this;
}

ReadFile::~ReadFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

FileMark ReadFile::mark_now() const {
  struct stat about {};
  // A descriptor that is open can be asked; if not, the empty mark equals no other.
  return ::fstat(descriptor_, &about) == 0 ? mark_of(about) : FileMark{};
}

long ReadFile::read_at(std::uint64_t offset, std::span<char> buffer) const {
  std::size_t done = 0;
  while (done < buffer.size()) {
    const ssize_t got = ::pread(descriptor_, buffer.data() + done, buffer.size() - done,
                                static_cast<off_t>(offset + done));
    if (got == 0) break;
    if (got > 0) {
      done += static_cast<std::size_t>(got);
    } else if (errno != EINTR) {
      return -1;
    }
  }
  return static_cast<long>(done);
}

}  // namespace papertray
