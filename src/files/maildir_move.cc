#include "files/maildir_move.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "core/fail_point.h"

namespace papertray {
namespace {

Failure cannot(const std::string& what, int error) {
  return Failure({Scope::folder, Again::person, Exit::cannot_write,
                  "cannot " + what + ": " + std::generic_category().message(error) +
                      "; the mail is recorded, check the permissions of the Maildir"});
}

void make_dir(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
    throw cannot("make the folder " + path, errno);
}

}  // namespace

Moved move_mail(const std::string& from, const std::string& to) {
  reached("maildir:mark");
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) {
    reached("maildir:marked");
    return Moved::done;
  }
  // Where the file system knows no such rename: as Maildir itself does it.
  if (errno == EINVAL || errno == ENOSYS) {
    if (::link(from.c_str(), to.c_str()) == 0) {
      ::unlink(from.c_str());
      return Moved::done;
    }
  }
  if (errno == ENOENT && ::access(from.c_str(), F_OK) != 0) return Moved::gone;
  throw cannot("move the mail " + from + " to " + to, errno);
}

std::string subfolder_path(const std::string& maildir, std::string_view folder) {
  std::string name(folder);
  std::replace(name.begin(), name.end(), '/', '.');
  const bool elsewhere = name.empty() || name.front() == '.' || name.back() == '.' ||
                         name.find("..") != std::string::npos || name.find('\0') != std::string::npos;
  if (elsewhere)
    throw Failure({Scope::account, Again::person, Exit::configuration,
                   "after = \"move:" + std::string(folder) +
                       "\" names no folder of a Maildir; write it like \"move:Processed\""});
  return maildir + "/." + name;
}

void make_subfolder(const std::string& path) {
  make_dir(path);
  for (const char* part : {"/cur", "/new", "/tmp"})
    make_dir(path + part);
  const std::string mark = path + "/maildirfolder";
  const int descriptor = ::open(mark.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (descriptor < 0) throw cannot("make " + mark, errno);
  ::close(descriptor);
}

}  // namespace papertray
