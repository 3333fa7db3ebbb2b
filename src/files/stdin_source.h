// Standard input: one mail or an mbox. Spooled first, for a mail's size must be known before its bytes.
#pragma once

#include <optional>

#include "files/mail_file.h"
#include "intake/clock.h"
#include "intake/mailbox_source.h"

namespace papertray {

// What a person may pipe in by mistake must not fill the disk.
inline constexpr std::uint64_t largest_stdin = 4ULL * 1024 * 1024 * 1024;

class StdinSource : public MailboxSource {
 public:
  // Reads `descriptor` to its end into an unlinked file in the system's folder for temporary files, at
  // the first fetch. Failure (account) when that fails, or more than `cap` bytes come; Stopped when the
  // descriptor `stop` (-1: none) can be read before.
  explicit StdinSource(const Clock& clock, int descriptor = 0, std::uint64_t cap = largest_stdin,
                       int stop = -1);

  std::size_t fetch(const SeenPlaces& seen, const BatchLimits& limits, MailReceiver& to) override;
  std::vector<Place> mark(std::span<const Place>) override { return {}; }
  std::string name() const override { return "standard input"; }

 private:
  const Clock& clock_;
  int descriptor_;
  std::uint64_t cap_;
  int stop_;
  bool spooled_ = false;
  std::optional<MailFile> mails_;
};

}  // namespace papertray
