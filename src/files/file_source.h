// Single mails and mboxes as files: those named, and those below the folders named.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "files/file_tree.h"
#include "files/mail_file.h"
#include "intake/clock.h"
#include "intake/mailbox_source.h"

namespace papertray {

class FileSource : public MailboxSource {
 public:
  // Absolute paths of files and folders. Each file is an mbox when it begins like one, else one mail.
  FileSource(std::vector<std::string> paths, const Clock& clock);

  // A file that cannot be read is refused, and the next one goes on.
  std::size_t fetch(const SeenPlaces& seen, const BatchLimits& limits, MailReceiver& to) override;
  std::vector<Place> mark(std::span<const Place>) override { return {}; }
  std::string name() const override;

 private:
  void list();
  void begin_file(const FoundFile& found, Budget& budget, MailReceiver& to);

  std::vector<std::string> paths_;
  const Clock& clock_;
  // A pass through the files, over several batches.
  bool listed_ = false;
  std::vector<FoundFile> files_;
  std::size_t next_ = 0;
  std::optional<MailFile> open_;
};

}  // namespace papertray
