// What a person may order of a row of the outbox: a pure table of order and state.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/retry.h"

namespace papertray {

enum class Order { send, retry, drop, pause, resume };

std::string_view order_name(Order order);  // "send"

struct OrderVerdict {
  std::optional<OutboxState> state;  // what the row becomes; nullopt: the order is not for it
  std::string reason;                // one line for the row's history, or why not
};

// `has_bytes`: the mail is written. A row that the machine may not answer has none: a person writes.
OrderVerdict judge_order(Order order, OutboxState state, bool has_bytes);

}  // namespace papertray
