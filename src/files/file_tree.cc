#include "files/file_tree.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace papertray {
namespace fs = std::filesystem;
namespace {

struct Folder {
  std::string path;
  int depth = 0;
};

std::string why_not(const fs::directory_entry& entry) {
  std::error_code error;
  const fs::file_status status = entry.symlink_status(error);
  if (error) return error.message();
  if (fs::is_symlink(status)) return "it is a symbolic link";
  return fs::is_regular_file(status) ? "" : "it is not a regular file";
}

}  // namespace

std::vector<FoundFile> files_below(const std::string& dir) {
  std::vector<FoundFile> found;
  std::vector<Folder> waiting = {{.path = dir, .depth = 0}};
  while (!waiting.empty()) {
    const Folder folder = std::move(waiting.back());
    waiting.pop_back();
    std::error_code error;
    std::vector<Folder> folders;
    std::vector<FoundFile> files;
    fs::directory_iterator entry(folder.path, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
      std::error_code odd;
      const bool is_folder = fs::is_directory(entry->symlink_status(odd));
      if (!is_folder)
        files.push_back({.path = entry->path().string(), .why = why_not(*entry)});
      else if (folder.depth < deepest_folder)
        folders.push_back({entry->path().string(), folder.depth + 1});
      else
        files.push_back({.path = entry->path().string(), .why = "it lies too deep"});
    }
    if (error) files.push_back({.path = folder.path, .why = error.message()});
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    // The last one waiting is the next one taken.
    std::sort(folders.begin(), folders.end(),
              [](const auto& a, const auto& b) { return a.path > b.path; });
    std::move(files.begin(), files.end(), std::back_inserter(found));
    std::move(folders.begin(), folders.end(), std::back_inserter(waiting));
  }
  return found;
}

}  // namespace papertray
