// A mail that asks to withdraw a submission, or answers whether it is to be: what it changes, within the
// transaction in which it is recorded. All of it follows from the log: the mail, and what is on record
// at this point of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/withdrawal.h"
#include "intake/store.h"

namespace papertray {

struct FoundWithdrawal {
  WithdrawalVerdict verdict;
  std::string label;                       // "P-7"; "" when none is meant
  std::optional<std::int64_t> submission;  // the store's key
  bool own = false;                        // the sender is one of its addresses

  // The mail is about this alone: it brings no paper and no question.
  bool settles() const { return verdict.step != WithdrawalStep::note; }
};

// Completes the decision: its fate, track, answer and reason. nullopt: the mail is no business of this.
// Only mail that was decided upon as any other; `receipts` says whether it may be answered at all.
std::optional<FoundWithdrawal> find_withdrawal(StoreBatch& batch, const Message& message,
                                               const Rules& rules, Receipts receipts,
                                               Decision& decision);

// `message` is the mail's number.
void take_withdrawal(StoreBatch& batch, const FoundWithdrawal& found, std::int64_t message);

}  // namespace papertray
