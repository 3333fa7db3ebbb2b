// Reading a mail's bytes back.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "log/log_error.h"
#include "log/segments.h"
#include "log/tar_log.h"

namespace papertray {
namespace {

class SegmentMail : public MailBytes {
 public:
  SegmentMail(std::shared_ptr<const File> file, const MailRef& mail)
      : file_(std::move(file)), mail_(mail) {}

  std::size_t read(std::uint64_t offset, std::span<char> buffer) const override {
    if (offset >= mail_.size) return 0;
    const std::size_t want = std::min<std::uint64_t>(buffer.size(), mail_.size - offset);
    const std::size_t got = file_->read_at(mail_.offset + offset, buffer.first(want));
    if (got < want)
      throw damaged_log(file_->path(), mail_.offset + offset + got, "the file ends within a mail");
    return got;
  }

  std::uint64_t size() const override { return mail_.size; }

 private:
  std::shared_ptr<const File> file_;
  MailRef mail_;
};

}  // namespace

std::unique_ptr<MailBytes> TarLog::open(const MailRef& mail) const {
  std::weak_ptr<const File>& slot = open_files_[mail.segment];
  std::shared_ptr<const File> file = slot.lock();
  if (!file) {
    file = std::make_shared<const File>(File::to_read(segment_path(dir_, mail.segment)));
    slot = file;
  }
  const std::uint64_t size = file->size();
  if (mail.offset > size || mail.size > size - mail.offset)
    throw damaged_log(
        file->path(), mail.offset,
        fmt::format("a mail of {} bytes should lie there, but the file ends before", mail.size));
  return std::make_unique<SegmentMail>(std::move(file), mail);
}

}  // namespace papertray
