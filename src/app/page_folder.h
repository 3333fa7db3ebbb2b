// A folder of pages that is made anew as a whole: written beside the old one, then put in its place in
// one step, so that nobody ever sees half of it. It knows what it wrote before by a list in the folder,
// and refuses to replace one that holds anything else.
#pragma once

#include <cstdint>
#include <set>
#include <string>

namespace papertray {

enum class Audience { everybody, owner };  // modes 0755 and 0644, or 0700 and 0600, whatever the umask

class PageFolder {
 public:
  // `folder` is where people want it; `kind` ("site") names the list `.papertray-site` in it. Throws
  // Failure: cannot_write (it holds something else, its parent is not there), try_later (another run is
  // at it).
  PageFolder(const std::string& folder, const std::string& kind, Audience audience);
  ~PageFolder();  // what was not published is gone
  PageFolder(const PageFolder&) = delete;
  PageFolder& operator=(const PageFolder&) = delete;

  // `path` is of our making: "papers/P-007.html".
  void write(const std::string& path, const std::string& text);
  // A copy whose bytes must be these. Throws Failure (bad_data) when they are not.
  void copy(const std::string& from, const std::string& path, std::uint64_t size,
            const std::string& sha256);

  void publish();

  const std::string& folder() const { return folder_; }
  std::size_t files() const { return written_.size(); }
  std::uint64_t bytes() const { return bytes_; }

 private:
  std::string make_room(const std::string& path);
  void set_mode(const std::string& path, bool folder) const;
  void claim();

  std::string folder_;  // absolute, no symlink
  std::string list_;    // ".papertray-site"
  std::string fresh_;   // where it is written
  Audience audience_;
  int lock_ = -1;
  std::set<std::string> written_;
  std::set<std::string> folders_;
  std::uint64_t bytes_ = 0;
};

}  // namespace papertray
