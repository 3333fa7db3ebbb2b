#include "app/replace_file.h"

#include <cerrno>
#include <cstdio>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "core/fail_point.h"

namespace papertray {
namespace {

[[noreturn]] void cannot_write(const std::string& path, int error) {
  throw Failure({Scope::store, Again::person, Exit::cannot_write,
                 fmt::format("cannot write {}: {}; make room or mend its permissions", path,
                             std::generic_category().message(error))});
}

// 0, or why not all of it could be written.
int write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t done = ::write(fd, text.data(), text.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(done));
  }
  return 0;
}

}  // namespace

void replace_file(const std::string& path, const std::string& text, Readable readable) {
  const std::string fresh = path + ".new";
  const bool own = readable == Readable::by_us;
  const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, own ? 0600 : 0666);
  if (fd < 0) cannot_write(path, errno);
  // One that was left behind may have another mode.
  int error = own && ::fchmod(fd, 0600) != 0 ? errno : write_all(fd, text);
  if (::close(fd) != 0 && error == 0) error = errno;
  reached("file:replace");
  if (error == 0 && std::rename(fresh.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) cannot_write(path, error);
  reached("file:replaced");
}

}  // namespace papertray
