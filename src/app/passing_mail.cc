#include "app/passing_mail.h"

#include <array>
#include <cerrno>
#include <system_error>

#include <sys/mman.h>
#include <unistd.h>

#include "core/error.h"
#include "log/sha256.h"

namespace papertray {
namespace {

[[noreturn]] void no_memory(int error) {
  throw Failure({Scope::program, Again::later, Exit::try_later,
                 "cannot hold a mail in memory: " + std::generic_category().message(error) +
                     "; try again when more of it is free"});
}

}  // namespace

PassingMail::PassingMail() : fd_(::memfd_create("papertray-passing-mail", MFD_CLOEXEC)) {
  if (fd_ < 0) no_memory(errno);
}

PassingMail::~PassingMail() {
  ::close(fd_);
}

void PassingMail::add(std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) no_memory(errno);
    bytes = bytes.subspan(static_cast<std::size_t>(n));
    size_ += static_cast<std::uint64_t>(n);
  }
}

std::size_t PassingMail::read(std::uint64_t offset, std::span<char> buffer) const {
  for (;;) {
    const ssize_t n = ::pread(fd_, buffer.data(), buffer.size(), static_cast<off_t>(offset));
    if (n >= 0) return static_cast<std::size_t>(n);
    if (errno != EINTR) no_memory(errno);
  }
}

std::string sha256_of(const MailBytes& bytes) {
  Sha256 hash;
  std::array<char, 65536> buffer;
  std::uint64_t at = 0;
  while (const std::size_t n = bytes.read(at, buffer)) {
    hash.add(std::span<const char>(buffer.data(), n));
    at += n;
  }
  return hash.hex();
}

}  // namespace papertray
