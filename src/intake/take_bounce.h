// A bounce of one of our receipts: what it changes, within the transaction in which it is recorded. All
// of it follows from the log: the mail, and the state that the row has at this point of it.
#pragma once

#include <cstdint>
#include <optional>

#include "core/bounce.h"
#include "intake/store.h"

namespace papertray {

// A report on a mail of ours whose row is there.
struct FoundBounce {
  Bounce bounce;
  SentReceipt row;
  BounceVerdict verdict;
};

// Only for mail that is ignored otherwise: what is recorded or waits for a person keeps its fate.
// Completes the decision's fate and reason. nullopt: no row of the outbox is meant.
std::optional<FoundBounce> find_bounce(StoreBatch& batch, const Message& message, Decision& decision);

// `message` is the bounce's number.
void take_bounce(StoreBatch& batch, const FoundBounce& found, std::int64_t message);

}  // namespace papertray
