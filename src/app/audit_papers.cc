// The files in papers/ against what the database says of them.
#include <cerrno>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/audit_disk.h"
#include "app/signals.h"
#include "core/error.h"
#include "log/sha256.h"

namespace papertray {
namespace {

// Closed with the object.
struct Descriptor {
  int fd;
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
};

std::string words(int error) {
  return error == ENOENT ? "is not there" : "cannot be read: " + std::generic_category().message(error);
}

// What is wrong with the file; "" when nothing is.
std::string fault_of(const std::string& path, const RecordedPaper& recorded, std::vector<char>& buffer) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)};
  struct stat about {};
  if (file.fd < 0 || ::fstat(file.fd, &about) != 0) return words(errno);
  if (!S_ISREG(about.st_mode)) return "is no file";
  const auto size = static_cast<std::uint64_t>(about.st_size);
  if (size != recorded.size) return fmt::format("has {} bytes, not {}", size, recorded.size);
  Sha256 hash;
  for (;;) {
    const ssize_t n = ::read(file.fd, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return words(errno);
    if (n == 0) break;
    hash.add({buffer.data(), static_cast<std::size_t>(n)});
  }
  return hash.hex() == recorded.sha256 ? "" : "has other bytes";
}

}  // namespace

void audit_papers(AuditView& view, const std::string& folder, const AuditReader& database) {
  std::vector<char> buffer(256 * 1024);
  view.papers = 0;
  database.each_paper([&](const RecordedPaper& paper) {
    if (stop_asked()) throw Stopped();
    ++*view.papers;
    const std::string why = fault_of(folder + "/" + paper.file, paper, buffer);
    if (!why.empty()) view.wrong_papers.push_back({.file = paper.file, .why = why});
  });
}

}  // namespace papertray
