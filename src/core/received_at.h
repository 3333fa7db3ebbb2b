// Which of a mail's clocks counts (DESIGN, "Words": received at).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"

namespace papertray {

enum class ClockUsed { internaldate, received, delivery_date, mbox_from, file_time, fetched };

std::string_view clock_name(ClockUsed clock);

struct MailClocks {
  std::optional<Time> internaldate;  // the mailbox server's
  std::optional<Time> received;      // topmost Received header
  std::optional<Time> delivery_date;
  std::optional<Time> mbox_from;  // the mbox From line
  std::optional<Time> file_time;
  std::optional<Time> date;  // the sender's word: kept, never counts
  Time fetched{};            // when we read it
};

struct ReceivedAt {
  Time at{};
  ClockUsed clock = ClockUsed::fetched;
  std::string note;  // set when server clocks differ by more than 5 minutes
};

ReceivedAt received_at(const MailClocks& clocks);

}  // namespace papertray
