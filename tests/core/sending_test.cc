// Limits and orders of the outbox.
#include <vector>

#include <doctest/doctest.h>

#include "core/outbox_order.h"
#include "core/send_limits.h"

using namespace papertray;

namespace {

constexpr Time noon{Seconds(1'000'000)};
constexpr std::chrono::hours day{24};

}  // namespace

TEST_CASE("the day's limit: what is left, and when there is more") {
  struct Row {
    std::vector<Seconds> ago;  // of the mails sent, the oldest first
    int per_day;
    std::size_t left;
    std::optional<Seconds> more_in;
  };
  const Row rows[] = {
      {{}, 3, 3, std::nullopt},
      {{Seconds(10)}, 3, 2, std::nullopt},
      {{Seconds(30), Seconds(20), Seconds(10)}, 3, 0, day - Seconds(30)},
      // One that is a whole day old counts no more.
      {{day, Seconds(20), Seconds(10)}, 3, 1, std::nullopt},
      {{day - Seconds(1), Seconds(20), Seconds(10)}, 3, 0, Seconds(1)},
      // The limit was lowered: so many must leave that one is below it.
      {{Seconds(40), Seconds(30), Seconds(20), Seconds(10)}, 2, 0, day - Seconds(20)},
      {{Seconds(10)}, 0, 0, std::nullopt},
  };
  for (const Row& row : rows) {
    std::vector<Time> sent;
    for (const Seconds ago : row.ago)
      sent.push_back(noon - ago);
    const Allowance allowed = allowance(sent, row.per_day, noon);
    CAPTURE(row.per_day);
    CAPTURE(row.ago.size());
    CHECK(allowed.left == row.left);
    CHECK(allowed.more_at == (row.more_in ? std::optional(noon + *row.more_in) : std::nullopt));
    if (allowed.more_at) CHECK(allowance(sent, row.per_day, *allowed.more_at).left > 0);
  }
}

TEST_CASE("one mailbox has one key, however it is spelt") {
  struct Row {
    const char *address, *key;
  };
  const Row rows[] = {
      {"ada@example.org", "ada@example.org"},
      {"ADA@Example.ORG", "ada@example.org"},
      {"ada+papers@example.org", "ada@example.org"},
      {"a.d.a@gmail.com", "ada@gmail.com"},
      {"A.da+x+y@GoogleMail.com", "ada@gmail.com"},
      {"a.da@example.org", "a.da@example.org"},
      {"\"a@b\"@example.org", "\"a@b\"@example.org"},
      {"nobody", "nobody"},
      {"", ""},
  };
  for (const Row& row : rows)
    CHECK(mailbox_key(row.address) == row.key);
}

TEST_CASE("orders and states: the whole table") {
  using enum OutboxState;
  constexpr OutboxState states[] = {queued,     sending, sent,   unknown, failed,
                                    suppressed, held,    paused, dropped};
  // What each order makes of each state, in that order; "-" is a refusal.
  struct Row {
    Order order;
    const char* becomes[9];
  };
  const Row rows[] = {
      {Order::send, {"queued", "-", "-", "queued", "queued", "queued", "queued", "queued", "-"}},
      {Order::retry, {"queued", "-", "-", "queued", "queued", "queued", "-", "-", "queued"}},
      {Order::drop, {"dropped", "-", "-", "dropped", "dropped", "dropped", "dropped", "dropped", "-"}},
      {Order::pause, {"paused", "-", "-", "paused", "-", "-", "-", "-", "-"}},
      {Order::resume, {"-", "-", "-", "-", "-", "-", "-", "queued", "-"}},
  };
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < std::size(states); ++i) {
      CAPTURE(order_name(row.order));
      CAPTURE(outbox_state_name(states[i]));
      const OrderVerdict verdict = judge_order(row.order, states[i], true);
      CHECK((verdict.state ? outbox_state_name(*verdict.state) : "-") == row.becomes[i]);
      CHECK_FALSE(verdict.reason.empty());
      // What was never written cannot be queued by any order.
      const OrderVerdict unwritten = judge_order(row.order, states[i], false);
      CHECK((unwritten.state != OutboxState::queued));
    }
  }
}
