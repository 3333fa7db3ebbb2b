// A mailbox that is one mbox file, also a live one: locked while it is read.
#pragma once

#include <optional>
#include <string>

#include "files/mail_file.h"
#include "intake/clock.h"
#include "intake/mailbox_source.h"

namespace papertray {

class MboxSource : public MailboxSource {
 public:
  // `path` is absolute. The file may be missing or empty: then it holds no mail for now.
  MboxSource(std::string path, const Clock& clock);

  // Takes a shared fcntl lock, which delivery agents respect, for the time of one batch; Failure
  // (folder, later) when a delivery is under way, (folder, bad_data) when the file is no mbox.
  std::size_t fetch(const SeenPlaces& seen, const BatchLimits& limits, MailReceiver& to) override;
  // Nothing: an mbox has no room for marks that a delivery could not trip over.
  std::vector<Place> mark(std::span<const Place>) override { return {}; }
  std::string name() const override { return "mbox:" + path_; }

 private:
  std::string path_;
  const Clock& clock_;
  // A pass through the file, over several batches.
  std::optional<MailFile> pass_;
  FileMark pass_mark_;
  bool handed_over_ = false;
  // The file when a whole pass found nothing new: not read again until it changes.
  std::optional<FileMark> settled_;
};

}  // namespace papertray
