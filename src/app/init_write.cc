#include "app/init_write.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"

namespace papertray {
namespace {

namespace fs = std::filesystem;

constexpr mode_t for_all = 0644;
constexpr mode_t for_owner = 0600;
constexpr mode_t folder_for_all = 0755;

[[noreturn]] void cannot(const std::string& what, const std::string& path, int error) {
  throw Failure({Scope::store, Again::person, Exit::cannot_write,
                 fmt::format("cannot {} {}: {}; mend its permissions, or name another folder with --dir",
                             what, path, std::generic_category().message(error))});
}

std::string content_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void make_folder(const std::string& path) {
  std::error_code error;
  const fs::path folder(path);
  if (fs::is_directory(folder, error)) return;
  if (folder.has_parent_path() && folder != folder.root_path())
    make_folder(folder.parent_path().string());
  if (::mkdir(path.c_str(), folder_for_all) != 0) {
    if (errno != EEXIST) cannot("make the folder", path, errno);
  } else if (::chmod(path.c_str(), folder_for_all) != 0) {  // the umask may have taken more away
    cannot("protect", path, errno);
  }
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

// Unlike replace_file: synced, with a mode of its own, and through no link; it may hold the password.
void write_whole(const InitFile& file, const passwd* owner) {
  const std::string fresh = file.path + ".new";
  // Never through a link that somebody has laid there.
  ::unlink(fresh.c_str());
  const mode_t mode = file.secret ? for_owner : for_all;
  const Descriptor out(
      ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode));
  if (out.get() < 0) cannot("write", fresh, errno);
  if (::fchmod(out.get(), mode) != 0)
    cannot("protect", fresh, errno);  // the umask may have taken more away
  if (file.secret && owner && ::fchown(out.get(), owner->pw_uid, owner->pw_gid) != 0)
    cannot("give away", fresh, errno);
  std::string_view left = file.text;
  while (!left.empty()) {
    const ssize_t count = ::write(out.get(), left.data(), left.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) cannot("write", fresh, errno);
    left.remove_prefix(static_cast<std::size_t>(count));
  }
  if (::fsync(out.get()) != 0 || ::rename(fresh.c_str(), file.path.c_str()) != 0)
    cannot("write", file.path, errno);
}

}  // namespace

std::vector<InitFile> files_of(const InitPlan& plan) {
  std::vector<InitFile> files;
  if (!plan.password.empty()) files.push_back({plan.places.password, plan.password + "\n", true});
  if (!plan.rules_content.empty()) {
    for (const BuiltInFile& file : built_in_rules())
      if (std::string_view(file.path).starts_with("receipts/"))
        files.push_back({plan.places.dir + "/" + file.path, file.text});
    files.push_back({plan.rules_path, plan.rules_content});
  }
  files.push_back({plan.places.config, config_text(plan.answers)});
  return files;
}

std::vector<std::string> in_the_way(const std::vector<InitFile>& files) {
  std::vector<std::string> found;
  for (const InitFile& file : files) {
    std::error_code error;
    if (fs::symlink_status(file.path, error).type() == fs::file_type::not_found) continue;
    if (content_of(file.path) != file.text) found.push_back(file.path);
  }
  return found;
}

void write_files(const std::vector<InitFile>& files, const std::string& owner) {
  const passwd* user = owner.empty() ? nullptr : ::getpwnam(owner.c_str());
  for (const InitFile& file : files) {
    make_folder(fs::path(file.path).parent_path().string());
    write_whole(file, user);
  }
}

std::string service_user(const std::string& dir) {
  constexpr const char* name = "papertray";
  if (dir != "/etc/papertray" || ::geteuid() != 0) return "";
  return ::getpwnam(name) ? name : "";
}

}  // namespace papertray
