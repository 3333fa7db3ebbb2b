#include "core/outbox_order.h"

#include <fmt/format.h>

namespace papertray {
namespace {

OrderVerdict no(std::string why) {
  return {std::nullopt, std::move(why)};
}

OrderVerdict queue(Order order, OutboxState state, bool has_bytes) {
  if (!has_bytes)
    return no("it was never written, since no machine may answer there; write to them yourself");
  return {OutboxState::queued, fmt::format("was {}; {} ordered", outbox_state_name(state),
                                           order == Order::send ? "sending" : order_name(order))};
}

}  // namespace

std::string_view order_name(Order order) {
  switch (order) {
    case Order::send:
      return "send";
    case Order::retry:
      return "retry";
    case Order::drop:
      return "drop";
    case Order::pause:
      return "pause";
    case Order::resume:
      return "resume";
  }
  return "";
}

OrderVerdict judge_order(Order order, OutboxState state, bool has_bytes) {
  using enum OutboxState;
  if (state == sent && order != Order::pause && order != Order::resume)
    return no("it is sent; nothing calls a mail back, and sending it again would be a second one");
  if (state == sent) return no("it is sent");
  if (state == sending) return no("it is being sent just now");
  switch (order) {
    case Order::send:
      if (state == dropped) return no("it was dropped; `papertray outbox retry` takes that back");
      return queue(order, state, has_bytes);
    case Order::retry:
      if (state == held) return no("it is held: `papertray outbox send` sends it");
      if (state == paused) return no("it is paused: `papertray outbox resume` puts it back");
      return queue(order, state, has_bytes);
    case Order::drop:
      if (state == dropped) return no("it is dropped already");
      return {dropped, fmt::format("was {}; dropping ordered", outbox_state_name(state))};
    case Order::pause:
      if (state == queued || state == unknown)
        return {paused, fmt::format("was {}; pausing ordered", outbox_state_name(state))};
      return no(fmt::format("it is {} and would not be sent anyway", outbox_state_name(state)));
    case Order::resume:
      if (state != paused) return no(fmt::format("it is {}, not paused", outbox_state_name(state)));
      return queue(order, state, has_bytes);
  }
  return no("");
}

}  // namespace papertray
