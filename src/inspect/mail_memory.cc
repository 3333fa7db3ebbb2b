#include "inspect/mail_memory.h"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <span>
#include <system_error>
#include <utility>

#include <sys/mman.h>
#include <sys/stat.h>

#include "core/error.h"

namespace papertray {
namespace {

constexpr std::size_t piece = 256 * 1024;
// Files up to this size are kept for the next mail, and so many of them for the next answers.
constexpr std::uint64_t kept_bytes = std::uint64_t{1} * 1024 * 1024;
constexpr std::size_t most_kept = 32;

Failure no_memory(int error) {
  return Failure(
      Error{Scope::program, Again::later, Exit::try_later,
            "cannot make a file in memory for the inspector: " + std::generic_category().message(error) +
                "; is the limit of open files (ulimit -n) too low?"});
}

Failure ends_early(std::uint64_t done, std::uint64_t size) {
  return Failure(Error{Scope::store, Again::person, Exit::bad_data,
                       "a mail in the log ends after " + std::to_string(done) + " of " +
                           std::to_string(size) + " bytes; run `papertray audit`"});
}

void write_all(int fd, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t wrote = ::write(fd, bytes, size);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) throw no_memory(wrote < 0 ? errno : ENOSPC);
    bytes += wrote;
    size -= static_cast<std::size_t>(wrote);
  }
}

void read_whole(const MailBytes& mail, std::span<char> to) {
  for (std::size_t done = 0; done < to.size();) {
    const std::size_t got = mail.read(done, to.subspan(done));
    if (got == 0) throw ends_early(done, to.size());
    done += got;
  }
}

}  // namespace

UniqueFd empty_memory() {
  UniqueFd fd(::memfd_create("papertray", MFD_CLOEXEC));
  if (!fd) throw no_memory(errno);
  return fd;
}

UniqueFd mail_in_memory(const MailBytes& mail) {
  UniqueFd fd = empty_memory();
  const std::uint64_t size = mail.size();
  // A small mail needs no more room than itself.
  const std::size_t room = static_cast<std::size_t>(std::min<std::uint64_t>(size, piece));
  const auto buffer = std::make_unique_for_overwrite<char[]>(room);
  for (std::uint64_t done = 0; done < size;) {
    const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(size - done, room));
    const std::size_t got = mail.read(done, {buffer.get(), want});
    if (got == 0) throw ends_early(done, size);
    write_all(fd.get(), buffer.get(), got);
    done += got;
  }
  return fd;
}

std::string whole_mail(const MailBytes& mail) {
  std::string bytes(static_cast<std::size_t>(mail.size()), '\0');
  read_whole(mail, bytes);
  return bytes;
}

// Mapped here, so that a mail is copied once; a large one has a file of its own, which is not.
class MailFiles::File {
 public:
  explicit File(UniqueFd fd) : fd_(std::move(fd)) {}
  File() : fd_(empty_memory()) {
    if (::ftruncate(fd_.get(), static_cast<off_t>(kept_bytes)) != 0) throw no_memory(errno);
    void* const at = ::mmap(nullptr, kept_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd_.get(), 0);
    if (at == MAP_FAILED) throw no_memory(errno);
    bytes_ = static_cast<char*>(at);
  }
  ~File() {
    if (bytes_ != nullptr) ::munmap(bytes_, kept_bytes);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  int fd() const { return fd_.get(); }
  std::span<char> room(std::uint64_t size) { return {bytes_, static_cast<std::size_t>(size)}; }

 private:
  UniqueFd fd_;
  char* bytes_ = nullptr;
};

std::shared_ptr<MailFiles::File> MailFiles::with(const MailBytes& mail) {
  if (mail.size() > kept_bytes) return std::make_shared<File>(mail_in_memory(mail));
  const auto free =
      std::find_if(files_.begin(), files_.end(), [](const auto& file) { return file.use_count() == 1; });
  const auto file = free == files_.end() ? files_.insert(free, std::make_shared<File>()) : free;
  read_whole(mail, (*file)->room(mail.size()));
  return *file;
}

int MailFiles::descriptor(const File& file) {
  return file.fd();
}

// Files come back in destructors, also when memory has run out.
OutputFiles::OutputFiles() {
  free_.reserve(most_kept);
}

UniqueFd OutputFiles::take() {
  const std::lock_guard hold(mutex_);
  if (free_.empty()) return empty_memory();
  UniqueFd file = std::move(free_.back());
  free_.pop_back();
  // The worker writes at the position that it shares with us.
  if (::lseek(file.get(), 0, SEEK_SET) != 0) throw no_memory(errno);
  return file;
}

void OutputFiles::give_back(UniqueFd file) noexcept {
  if (memory_size(file.get()) > kept_bytes) return;
  const std::lock_guard hold(mutex_);
  if (free_.size() < most_kept) free_.push_back(std::move(file));
}

std::uint64_t memory_size(int fd) {
  struct stat facts {};
  if (::fstat(fd, &facts) != 0 || facts.st_size < 0) return 0;
  return static_cast<std::uint64_t>(facts.st_size);
}

std::string read_memory(int fd, std::uint64_t offset, std::size_t size) {
  std::string bytes(size, '\0');
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = ::pread(fd, bytes.data() + done, size - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return {};
    done += static_cast<std::size_t>(got);
  }
  return bytes;
}

}  // namespace papertray
