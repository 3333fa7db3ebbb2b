#include "core/retry.h"

#include <utility>

#include <fmt/format.h>

#include "core/printable.h"

namespace papertray {
namespace {

// RFC 5321 section 4.5.4.1: two tries within the first hour, then every so often, for 4 to 5 days.
// Greylisting usually lets the second or third one through.
constexpr std::chrono::minutes first_waits[] = {std::chrono::minutes{5}, std::chrono::minutes{15},
                                                std::chrono::minutes{30}};
constexpr std::chrono::minutes later_wait{60};
constexpr std::chrono::days give_up_after{4};

// RFC 5321 section 4.5.4.1: not sooner than 30 minutes, since the mail may have arrived.
constexpr std::chrono::minutes unknown_wait{30};

// A provider's daily quota is counted over 24 hours. 421 4.7.0 is its word for "slower".
constexpr std::chrono::hours quota_wait{24};
constexpr std::chrono::hours slower_wait{1};
constexpr int closing_code = 421;

// One refused login an hour does not lock an account; one for every mail would.
constexpr std::chrono::hours login_wait{1};

constexpr std::pair<OutboxState, std::string_view> names[] = {
    {OutboxState::queued, "queued"},  {OutboxState::sending, "sending"},
    {OutboxState::sent, "sent"},      {OutboxState::unknown, "unknown"},
    {OutboxState::failed, "failed"},  {OutboxState::suppressed, "suppressed"},
    {OutboxState::held, "held"},      {OutboxState::paused, "paused"},
    {OutboxState::dropped, "dropped"}};

// A server's words can be long and hold anything.
constexpr std::size_t longest_text = 300;

std::string told(std::string_view what, const Attempt& attempt) {
  const std::string text = cut_to(one_line(attempt.text), longest_text);
  std::string out(what);
  if (attempt.code > 0) out += fmt::format(" ({})", attempt.code);
  if (!text.empty()) out += ": " + text;
  return out;
}

// `state` while it goes on: queued, or unknown when an earlier copy may have arrived.
NextStep later(const Attempt& attempt, std::string_view what, OutboxState state, int attempts,
               Time first, Time now) {
  const auto done = static_cast<std::size_t>(attempts > 0 ? attempts - 1 : 0);
  const bool at_first = done < std::size(first_waits);
  const Time next = now + (at_first ? first_waits[done] : later_wait);
  // A row that was held back for days gets its first tries all the same.
  if (!at_first && next > first + give_up_after) {
    return {OutboxState::failed, std::nullopt, std::nullopt,
            told(fmt::format("given up after {} tries in {}, the last one {}", attempts,
                             span_text(now - first), what),
                 attempt)};
  }
  return {state, next, std::nullopt, told(what, attempt)};
}

}  // namespace

std::string_view outbox_state_name(OutboxState state) {
  for (const auto& [value, name] : names) {
    if (value == state) return name;
  }
  return "";
}

std::optional<OutboxState> outbox_state_from_name(std::string_view name) {
  for (const auto& [value, known] : names) {
    if (known == name) return value;
  }
  return std::nullopt;
}

NextStep next_step(const Attempt& attempt, int attempts, bool was_unknown, Time first, Time now) {
  // An attempt that handed nothing over leaves open whether the earlier one arrived.
  const OutboxState open = was_unknown ? OutboxState::unknown : OutboxState::queued;
  switch (attempt.delivery) {
    case Delivery::accepted:
      return {OutboxState::sent, std::nullopt, std::nullopt, told("accepted", attempt)};
    case Delivery::refused_later:
      return later(attempt, "refused for now", open, attempts, first, now);
    case Delivery::unreachable:
      return later(attempt, "server not reached", open, attempts, first, now);
    case Delivery::refused:
      return {OutboxState::failed, std::nullopt, std::nullopt, told("refused", attempt)};
    case Delivery::ambiguous:
      if (was_unknown) {
        return {OutboxState::unknown, std::nullopt, std::nullopt,
                told("no answer after the mail was handed over, twice; a person decides", attempt)};
      }
      return {OutboxState::unknown, now + unknown_wait, std::nullopt,
              told("no answer after the mail was handed over; it goes out once more", attempt)};
    // These two are no fault of the row: it goes out as soon as the pause is over. One that may have
    // arrived keeps a time, since without one it would wait for a person.
    case Delivery::quota:
      return {open, was_unknown ? std::optional(now) : std::nullopt,
              now + (attempt.code == closing_code ? slower_wait : quota_wait),
              told("the server takes no more for now", attempt)};
    case Delivery::credentials:
      return {open, was_unknown ? std::optional(now) : std::nullopt, now + login_wait,
              told("login refused", attempt)};
  }
  return {OutboxState::failed, std::nullopt, std::nullopt, told("failed", attempt)};
}

}  // namespace papertray
