// One file's mails, handed over in as many batches as it takes: an mbox's, or the one that the file is.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "files/hand_over.h"
#include "files/mbox_reader.h"
#include "files/read_file.h"
#include "intake/clock.h"

namespace papertray {

// Places. An mbox's mails: account "mbox:/path" ("stdin"), name "OFFSET+SIZE-CHECK" with a checksum of
// the bytes in hex, since another mail may come to stand at the same offset with the same size when
// earlier ones are taken out. A mail that is moved within its mbox so has a new place, and is known by
// its SHA-256. A single file: account "file", name "/path@MTIME+SIZE", for a file can be overwritten.
class MailFile {
 public:
  enum class Kind { one_mail, mbox };

  // A file on the disk.
  MailFile(ReadFile file, std::string path, Kind kind, const Clock& clock);
  // Standard input, spooled: its time is no mail's, and its mails are known by offset, size and
  // checksum.
  static MailFile from_stdin(ReadFile spool, const Clock& clock);

  // Adds to the budget what it dealt with; ends when that is spent or the file is through.
  void hand_over(const SeenPlaces& seen, Budget& budget, MailReceiver& to);
  bool finished() const { return finished_; }

 private:
  MailFile(ReadFile file, Kind kind, const Clock& clock);
  std::optional<MboxPiece> next();

  // The reader holds the file's address.
  std::unique_ptr<ReadFile> file_;
  std::optional<MboxReader> mbox_;
  std::string account_;
  std::string name_;  // of the only mail; "" where the piece tells it
  std::optional<Time> file_time_;
  const Clock& clock_;
  bool finished_ = false;
};

}  // namespace papertray
