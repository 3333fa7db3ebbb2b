// What the mails that came in tell of two clocks: the mailbox server's and ours.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace papertray {

struct ClockLag {
  std::int64_t seconds =
      0;                   // from a mail's INTERNALDATE to our reading it; negative: read before it came
  std::int64_t mails = 0;  // of how many this is the least
};

// The least among the newest mails of an IMAP server; nullopt when there are none, or no database.
std::optional<ClockLag> least_lag(const std::string& database);

}  // namespace papertray
