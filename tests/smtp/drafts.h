// A draft as the receipts' writer makes it, for tests to change.
#pragma once

#include "smtp/compose.h"

namespace papertray::testing {

inline Draft sample_draft() {
  Draft draft;
  draft.from = "DLSC 2017 desk <desk@workshop.example>";
  draft.to = "ada@uni.example";
  draft.subject = "Received: P-7, version 1";
  draft.text = "Your paper has arrived.\n\nIt is P-7, version 1.\n";
  draft.date = Time(Seconds(1509757199));  // 2017-11-04T00:59:59Z
  draft.message_id = "pt-0123456789abcdef01234567@workshop.example";
  draft.in_reply_to = "paper-1@uni.example";
  draft.headers = {{"Auto-Submitted", "auto-replied"},
                   {"X-Auto-Response-Suppress", "All"},
                   {"Precedence", "bulk"},
                   {"X-Papertray-Id", "pt-0123456789abcdef01234567"}};
  return draft;
}

}  // namespace papertray::testing
