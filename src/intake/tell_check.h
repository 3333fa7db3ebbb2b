// What was found in a paper goes into the receipts that wait for it, in the transaction in which it is
// recorded. All of it follows from the log: the event, and the drafts that are there at this point of
// it.
#pragma once

#include "intake/record.h"

namespace papertray {

// Does nothing for other events.
void tell_check(StoreBatch& batch, const Desk& desk, const Event& event);

}  // namespace papertray
