// How much is sent: to one address, and in all. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/time.h"

namespace papertray {

// Gmail allows 500 recipients a day, and people write from the same account. Six receipts a day to one
// address are a busy evening of an author; more are a loop or a flood.
struct SendLimits {
  int per_address = 6;  // receipts to one mailbox within 24 hours; the rest is suppressed
  int per_day = 400;    // mails in all within 24 hours; the rest waits
};

inline constexpr std::chrono::hours limits_window{24};

// What still may go out now.
struct Allowance {
  std::size_t left = 0;
  std::optional<Time> more_at;  // when left is 0: the first instant at which it is not
};

// `sent` are the times of mails handed over (or perhaps handed over) within the window, ascending.
Allowance allowance(std::span<const Time> sent, int per_day, Time now);

// One name for all spellings of one mailbox: lower case, without `+tag`, and Gmail's without dots, so
// that a limit cannot be walked around. "" for an empty address.
std::string mailbox_key(std::string_view address);

// Why one more receipt to an address is not written, "" when it may be.
std::string over_limit(int written, const SendLimits& limits);

}  // namespace papertray
