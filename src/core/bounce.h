// What comes back about a mail that we sent: which one it was, and whether it will ever arrive. Pure;
// the row of the outbox comes from the store, the verdict goes back to it.
//
// Anybody can write a bounce, so one can do little: it must name a receipt by a token that only its
// receiver and the servers on its way have seen, and must not speak of another receiver; nothing is ever
// sent again because of it; and it ends in a row that a person is told of once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/message.h"
#include "core/retry.h"
#include "core/route.h"

namespace papertray {

enum class BounceKind {
  none,       // no word on a mail of ours: a read receipt, an automatic reply, a person's mail
  failed,     // it will not arrive (action failed, or a status of class 5: RFC 3463 section 3.1)
  delayed,    // it is still being tried
  delivered,  // it arrived, or went on to somebody who does not report
  unclear,    // about a mail of ours, but not what became of it
};

struct Bounce {
  BounceKind kind = BounceKind::none;
  std::string token;                    // of the mail that it is about, not "" unless kind is none
  std::vector<std::string> recipients;  // whom it speaks of; empty when it does not say
  std::string words;                    // "550 5.1.1 user unknown", fit to show
};

Bounce bounce_of(const Message& message);

// What the report says, as one step of a trace.
std::string report_step(const DeliveryReport& report);

// The row of the outbox with that token.
struct SentReceipt {
  std::int64_t id = 0;  // the store's key
  std::string to;       // bare address
  OutboxState state = OutboxState::queued;
  std::string submission;    // "P-7", "" for none
  std::int64_t message = 0;  // the one that it answers, 0 for none
  std::string kind = {};     // receipt_kind_name
};

struct BounceVerdict {
  Fate fate = Fate::ignored;  // of the bounce: triage when a person must look
  std::string reason;         // of the bounce, one sentence
  bool fails = false;         // the row becomes `failed`
  std::string note;           // on the message that was answered; "" for none
};

BounceVerdict judge_bounce(const Bounce& bounce, const std::optional<SentReceipt>& row);

}  // namespace papertray
