#include "app/page_folder.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/verified_file.h"
#include "core/error.h"
#include "core/printable.h"
#include "log/file.h"

namespace papertray {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& text, Exit exit = Exit::cannot_write) {
  throw Failure({Scope::program, Again::person, exit, text});
}

std::string words(int error) {
  return std::generic_category().message(error);
}

// Absolute; a symlink is followed, since it is the folder behind it that is to be replaced.
std::string real_folder(const std::string& given) {
  std::error_code error;
  fs::path path = fs::absolute(given, error).lexically_normal();
  if (error) fail("cannot find " + one_line(given) + ": " + error.message());
  if (!path.has_filename()) path = path.parent_path();
  if (fs::is_symlink(path, error)) {
    path = fs::canonical(path, error);
    if (error) fail(path.string() + " is a link to nothing; give a folder");
  }
  if (!path.has_filename()) fail("\"" + one_line(given) + "\" is no folder to write pages into");
  if (!fs::is_directory(path.parent_path(), error))
    fail(path.parent_path().string() + " is not there; make it first");
  return path.string();
}

std::set<std::string> listed(const std::string& list) {
  std::set<std::string> paths;
  std::ifstream file(list);
  for (std::string line; std::getline(file, line);)
    paths.insert(line);
  return paths;
}

// The first thing in the folder that we did not write; "" when there is none.
std::string stranger_in(const std::string& folder, const std::string& list) {
  const std::set<std::string> ours = listed(folder + "/" + list);
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    const std::string path = fs::path(entry.path()).lexically_relative(folder).string();
    if (!ours.contains(path) && path != list) return path;
  }
  return "";
}

void refuse_strangers(const std::string& folder, const std::string& list) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(folder, error);
  if (status.type() == fs::file_type::not_found) return;
  if (status.type() != fs::file_type::directory) fail(folder + " is no folder; give another name");
  std::string stranger;
  try {
    stranger = stranger_in(folder, list);
  } catch (const fs::filesystem_error& problem) {
    fail("cannot look into " + folder + ": " + problem.code().message());
  }
  if (!stranger.empty())
    fail(
        fmt::format("{} holds {}, which is not of an earlier run, and would be lost; give a new folder, "
                    "or one of papertray's own",
                    folder, one_line(stranger)));
}

}  // namespace

PageFolder::PageFolder(const std::string& folder, const std::string& kind, Audience audience)
    : folder_(real_folder(folder)), list_(".papertray-" + kind), audience_(audience) {
  refuse_strangers(folder_, list_);
  const fs::path path(folder_);
  fresh_ = (path.parent_path() / ("." + path.filename().string() + ".papertray-new")).string();
  claim();
}

void PageFolder::claim() {
  if (::mkdir(fresh_.c_str(), 0700) != 0 && errno != EEXIST)
    fail("cannot make " + fresh_ + ": " + words(errno));
  lock_ = ::open(fresh_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (lock_ < 0) fail("cannot open " + fresh_ + ": " + words(errno));
  if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock_);
    fail("another papertray is writing " + folder_ + "; try again when it is through", Exit::try_later);
  }
  // What a killed run left.
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(fresh_, error))
    fs::remove_all(entry.path(), error);
  if (error) fail("cannot empty " + fresh_ + ": " + error.message());
  set_mode(fresh_, true);
}

PageFolder::~PageFolder() {
  std::error_code error;
  if (!fresh_.empty()) fs::remove_all(fresh_, error);
  if (lock_ >= 0) ::close(lock_);
}

void PageFolder::set_mode(const std::string& path, bool folder) const {
  const mode_t mode = audience_ == Audience::owner ? (folder ? 0700 : 0600) : (folder ? 0755 : 0644);
  if (::chmod(path.c_str(), mode) != 0) fail("cannot set the mode of " + path + ": " + words(errno));
}

std::string PageFolder::make_room(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash != std::string::npos && folders_.insert(path.substr(0, slash)).second) {
    const std::string made = fresh_ + "/" + path.substr(0, slash);
    std::error_code error;
    fs::create_directories(made, error);
    if (error) fail("cannot make " + made + ": " + error.message());
    set_mode(made, true);
  }
  written_.insert(path);
  return fresh_ + "/" + path;
}

void PageFolder::write(const std::string& path, const std::string& text) {
  const std::string to = make_room(path);
  File::create(to).write_at(0, text);
  set_mode(to, false);
  bytes_ += text.size();
}

void PageFolder::copy(const std::string& from, const std::string& path, std::uint64_t size,
                      const std::string& sha256) {
  constexpr std::size_t piece = 1024 * 1024;
  std::vector<char> buffer(static_cast<std::size_t>(std::min<std::uint64_t>(size + 1, piece)));
  VerifiedFile source(from, size, sha256);
  const std::string to = make_room(path);
  const File copy = File::create(to);
  std::uint64_t at = 0;
  while (const std::size_t n = source.read(buffer)) {
    copy.write_at(at, std::span(buffer).first(n));
    at += n;
  }
  set_mode(to, false);
  bytes_ += size;
}

void PageFolder::publish() {
  std::string list;
  for (const std::string& path : written_)
    list += path + "\n";
  for (const std::string& folder : folders_)
    list += folder + "\n";
  write(list_, list);
  refuse_strangers(folder_, list_);  // what came while we wrote
  std::error_code error;
  if (!fs::exists(folder_, error)) {
    if (::rename(fresh_.c_str(), folder_.c_str()) != 0)
      fail("cannot put " + folder_ + " in its place: " + words(errno));
    fresh_.clear();
    return;
  }
  if (::renameat2(AT_FDCWD, fresh_.c_str(), AT_FDCWD, folder_.c_str(), RENAME_EXCHANGE) == 0) {
    fs::remove_all(fresh_, error);  // the old one
    if (error)
      fail("the new pages are in place, but the old ones in " + fresh_ + " stay: " + error.message());
    return;
  }
  if (errno != EINVAL && errno != ENOSYS)
    fail(fmt::format("cannot replace {}: {}; give a folder within it, if it is a mount point", folder_,
                     words(errno)));
  // A file system that cannot exchange two: for a moment there is none.
  const std::string old = fresh_ + ".old";
  fs::remove_all(old, error);
  if (::rename(folder_.c_str(), old.c_str()) != 0 || ::rename(fresh_.c_str(), folder_.c_str()) != 0)
    fail("cannot replace " + folder_ + ": " + words(errno) + "; the old pages are in " + old);
  fresh_.clear();
  fs::remove_all(old, error);
}

}  // namespace papertray
