#include "files/papers_folder.h"

#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "core/fail_point.h"

namespace papertray {
namespace {

[[noreturn]] void cannot(const std::string& path, int error) {
  throw Failure({Scope::store, Again::person, Exit::cannot_write,
                 fmt::format("cannot write {}: {}; make room or mend its permissions, then run again",
                             path, std::generic_category().message(error))});
}

// A file being written. Not synced: what is lost in a power cut is made again from the log.
class NewFile {
 public:
  explicit NewFile(std::string path)
      : path_(std::move(path)),
        fd_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    if (fd_ < 0) cannot(path_, errno);
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    if (fd_ >= 0) ::close(fd_);
  }

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) cannot(path_, errno);
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
  }

  void close() {
    if (::close(std::exchange(fd_, -1)) != 0) cannot(path_, errno);
  }

 private:
  std::string path_;
  int fd_;
};

}  // namespace

PapersFolder::PapersFolder(std::string path) : path_(std::move(path)) {}

// A kill leaves the file as it was, or as it shall be: a rebuild writes over good ones.
void PapersFolder::put_file(const std::string& name, const Pieces& content) {
  const std::string fresh = path_ + "/.new";  // one of one writer, written over by the next
  NewFile file(fresh);
  reached("papers:write");
  content([&](std::span<const char> piece) { file.write({piece.data(), piece.size()}); });
  file.close();
  reached("papers:rename");
  const std::string path = path_ + "/" + name;
  if (::renameat(AT_FDCWD, fresh.c_str(), AT_FDCWD, path.c_str()) != 0) cannot(path, errno);
  reached("papers:renamed");
}

void PapersFolder::put(const std::string& name, const Pieces& pdf, const std::string& text) {
  if (!made_ && ::mkdir(path_.c_str(), 0700) != 0 && errno != EEXIST) cannot(path_, errno);
  made_ = true;
  reached("papers:folder");
  put_file(name + ".pdf", pdf);
  put_file(name + ".txt", [&](const auto& to) { to(text); });
}

}  // namespace papertray
