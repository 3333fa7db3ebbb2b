#include "core/retry.h"

#include <doctest/doctest.h>

#include "sample_rules.h"

using namespace papertray;
using papertray::test::at;
using std::chrono::minutes;

namespace {

const Time first = at("2017-11-03T12:00:00Z");

NextStep step(Delivery delivery, int attempts = 1, bool was_unknown = false, Time now = first) {
  return next_step({delivery, 0, "text"}, attempts, was_unknown, first, now);
}

}  // namespace

TEST_CASE("what becomes of a row") {
  struct Row {
    Delivery delivery;
    bool was_unknown;
    OutboxState state;
    std::optional<minutes> wait;
    std::optional<minutes> pause;
  };
  using enum OutboxState;
  const Row rows[] = {
      {Delivery::accepted, false, sent, std::nullopt, std::nullopt},
      {Delivery::accepted, true, sent, std::nullopt, std::nullopt},
      {Delivery::refused, false, failed, std::nullopt, std::nullopt},
      {Delivery::refused, true, failed, std::nullopt, std::nullopt},
      {Delivery::refused_later, false, queued, minutes(5), std::nullopt},
      {Delivery::unreachable, false, queued, minutes(5), std::nullopt},
      {Delivery::ambiguous, false, unknown, minutes(30), std::nullopt},
      {Delivery::ambiguous, true, unknown, std::nullopt, std::nullopt},
      {Delivery::quota, false, queued, std::nullopt, minutes(24 * 60)},
      {Delivery::credentials, false, queued, std::nullopt, minutes(60)},
      // Nothing was handed over, so the earlier copy is still open, and this one may go out again.
      {Delivery::refused_later, true, unknown, minutes(5), std::nullopt},
      {Delivery::unreachable, true, unknown, minutes(5), std::nullopt},
      {Delivery::quota, true, unknown, minutes(0), minutes(24 * 60)},
      {Delivery::credentials, true, unknown, minutes(0), minutes(60)},
  };
  for (const Row& row : rows) {
    CAPTURE(static_cast<int>(row.delivery));
    CAPTURE(row.was_unknown);
    const NextStep next = step(row.delivery, 1, row.was_unknown);
    CHECK(next.state == row.state);
    CHECK(next.next_try == (row.wait ? std::optional(first + *row.wait) : std::nullopt));
    CHECK(next.pause_until == (row.pause ? std::optional(first + *row.pause) : std::nullopt));
    CHECK(next.reason.find("text") != std::string::npos);
  }
}

TEST_CASE("a server that never takes it: more and more slowly, and not for ever") {
  for (const Delivery delivery : {Delivery::refused_later, Delivery::unreachable}) {
    Time now = first;
    std::vector<std::int64_t> waits;
    int attempts = 1;
    NextStep next = step(delivery, attempts, false, now);
    while (next.next_try && attempts < 1000) {
      waits.push_back(std::chrono::duration_cast<minutes>(*next.next_try - now).count());
      now = *next.next_try;
      next = step(delivery, ++attempts, false, now);
    }
    CHECK(next.state == OutboxState::failed);
    CHECK(next.reason.find("given up after") != std::string::npos);
    REQUIRE(waits.size() > 4);
    CHECK(std::vector(waits.begin(), waits.begin() + 4) == std::vector<std::int64_t>{5, 15, 30, 60});
    CHECK(waits.back() == 60);
    CHECK(now - first <= std::chrono::days(4));
    CHECK(now - first > std::chrono::days(4) - std::chrono::hours(1));
  }
}

TEST_CASE("a row held back for a week gets its first tries") {
  const Time now = first + std::chrono::days(7);
  CHECK(step(Delivery::refused_later, 1, false, now).next_try == now + minutes(5));
  CHECK(step(Delivery::refused_later, 3, false, now).next_try == now + minutes(30));
  CHECK(step(Delivery::refused_later, 4, false, now).state == OutboxState::failed);
}

TEST_CASE("a server's words stay one line") {
  const NextStep next = next_step(
      {Delivery::refused, 550, "no\r\nsuch\x1b[2J" + std::string(2'000, 'x')}, 1, false, first, first);
  CHECK(next.reason.find("refused (550): no such\\x1b[2J") == 0);
  CHECK(next.reason.size() < 500);
}

TEST_CASE("states by name") {
  for (const OutboxState state :
       {OutboxState::queued, OutboxState::sending, OutboxState::sent, OutboxState::unknown,
        OutboxState::failed, OutboxState::suppressed, OutboxState::held, OutboxState::dropped}) {
    CHECK(outbox_state_from_name(outbox_state_name(state)) == state);
  }
  CHECK(outbox_state_from_name("lost") == std::nullopt);
}
