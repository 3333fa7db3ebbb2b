#include "smtp/maildir_transport.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/fail_point.h"

namespace papertray {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

class File {
 public:
  File(const fs::path& path, int flags)
      : path_(path), fd_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
    if (fd_ < 0) fail("cannot open " + path_.string());
  }
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::write(fd_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) fail("cannot write " + path_.string());
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  void sync() {
    if (::fsync(fd_) != 0) fail("cannot sync " + path_.string());
  }

 private:
  fs::path path_;
  int fd_;
};

// The folder and those above it that are missing; mail is nobody else's to read.
void make_folder(const fs::path& folder) {
  if (fs::is_directory(folder)) return;
  if (folder.has_parent_path() && folder.parent_path() != folder) make_folder(folder.parent_path());
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) fail("cannot make " + folder.string());
}

// A mail reader that has seen it: cur/TOKEN or cur/TOKEN:2,FLAGS.
bool was_read(const fs::path& cur, const std::string& token) {
  return std::ranges::any_of(fs::directory_iterator(cur), [&](const fs::directory_entry& entry) {
    const std::string name = entry.path().filename();
    return name == token || name.starts_with(token + ":2,");
  });
}

std::string with_lf(std::string_view bytes) {
  std::string lines;
  lines.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size(); ++at)
    if (bytes[at] != '\r' || at + 1 == bytes.size() || bytes[at + 1] != '\n') lines += bytes[at];
  return lines;
}

// The token becomes a file's name.
bool is_token(std::string_view token) {
  const auto good = [](char c) {
    return c == '-' || c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z');
  };
  return !token.empty() && token.size() <= 100 && std::ranges::all_of(token, good);
}

void deliver_to(const fs::path& maildir, const OutgoingMail& mail) {
  for (const char* name : {"cur", "new", "tmp"})
    make_folder(maildir / name);
  if (was_read(maildir / "cur", mail.token)) return;
  const fs::path written = maildir / "tmp" / mail.token;
  {
    // What a killed run has left there is written over.
    File file(written, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
    reached("maildir:write");
    file.write(with_lf(mail.bytes));
    file.sync();
  }
  reached("maildir:deliver");
  fs::rename(written, maildir / "new" / mail.token);
  reached("maildir:delivered");
  File(maildir / "new", O_RDONLY | O_DIRECTORY).sync();
}

}  // namespace

MaildirTransport::MaildirTransport(std::string path) : path_(std::move(path)) {}

Attempt MaildirTransport::deliver(const OutgoingMail& mail) {
  if (!is_token(mail.token)) return {Delivery::refused, 0, "the mail's token cannot name a file"};
  try {
    deliver_to(path_, mail);
  } catch (const std::system_error& error) {  // filesystem_error among them
    return {Delivery::refused_later, 0, error.what()};
  }
  return {Delivery::accepted, 0, "written to " + path_};
}

}  // namespace papertray
