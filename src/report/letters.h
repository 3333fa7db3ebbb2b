// The outbox told: one letter with its history, and what an order did.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/outbox_order.h"
#include "report/look.h"
#include "report/outcome.h"
#include "report/reader.h"

namespace papertray {

// `text` is the mail's text as its reader sees it.
std::string letter_text(const ShownLetter& shown, const std::string& text, const Look& look);
std::string letter_json(const ShownLetter& shown, const std::string& text);

// One row an order was about.
struct OrderedRow {
  std::int64_t id = 0;
  std::string to;
  std::string kind;
  OutboxState was = OutboxState::queued;
  std::optional<OutboxState> now;  // nullopt: the order was not for it
  std::string reason;              // why not
};

struct OrderedView {
  Order order = Order::send;
  bool whole = false;  // pause or resume of the whole outbox
  bool dry_run = false;
  std::vector<OrderedRow> rows;
  std::optional<ReceiptCounts> sent;  // nullopt: nothing was to be sent
  std::string paused;                 // why nothing (more) was sent, ""
  std::optional<Time> again;          // when it goes on by itself
};

std::string ordered_text(const OrderedView& view, const Look& look);
std::string ordered_json(const OrderedView& view);

}  // namespace papertray
