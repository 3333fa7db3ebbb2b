#include "inspect/mail_memory.h"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <span>
#include <system_error>

#include <sys/mman.h>
#include <sys/stat.h>

#include "core/error.h"

namespace papertray {
namespace {

constexpr std::size_t piece = 256 * 1024;

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
  for (std::size_t done = 0; done < bytes.size();) {
    const std::size_t got = mail.read(done, std::span(bytes).subspan(done));
    if (got == 0) throw ends_early(done, bytes.size());
    done += got;
  }
  return bytes;
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
