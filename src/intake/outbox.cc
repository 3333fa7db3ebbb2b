#include "intake/outbox.h"

#include <utility>

#include <fmt/format.h>

#include "core/fail_point.h"
#include "core/retry.h"

namespace papertray {
namespace {

// Rows read at once: bounds memory, since each holds a whole mail.
constexpr std::size_t rows_at_once = 100;

void count(Sent& sent, const NextStep& step) {
  if (step.state == OutboxState::sent) ++sent.accepted;
  if (step.state == OutboxState::failed) ++sent.failed;
  if (step.state == OutboxState::unknown) ++sent.unknown;
  if (step.state == OutboxState::queued) ++sent.later;
}

}  // namespace

Outbox::Outbox(Log& log, Store& store, const Clock& clock, Watcher& watcher, SendLimits limits)
    : log_(log), store_(store), clock_(clock), watcher_(watcher), limits_(limits) {}

void Outbox::settle_interrupted() {
  std::vector<Event> events;
  for (const OutboxRow& row : store_.interrupted()) {
    const bool again = !row.was_unknown;
    events.push_back(ended(row, OutboxState::unknown,
                           again
                               ? "papertray was stopped while sending; the same mail goes out once more"
                               : "papertray was stopped while sending, twice; a person decides",
                           again ? std::optional(clock_.now()) : std::nullopt));
  }
  commit(std::move(events));
}

bool Outbox::may_send(Sent& sent) {
  const std::optional<OutboxPause> pause = store_.pause();
  if (!pause) return true;
  if (!pause->until || clock_.now() < *pause->until) {
    sent.paused = pause->reason;
    sent.again = pause->until;
    return false;
  }
  commit({{clock_.now(), "papertray", OutboxResumed{}}});
  return true;
}

Sent Outbox::send_due(Transport& transport, const std::function<bool()>& stop) {
  Sent sent;
  std::vector<Event> pending;  // the last mail's outcome: synced together with the next one's begin
  Allowance allowed;
  bool asked = false;
  for (bool go_on = true; go_on;) {
    const std::vector<OutboxRow> rows = store_.due(clock_.now(), rows_at_once);
    if (rows.empty() || (!asked && !may_send(sent))) break;
    for (const OutboxRow& row : rows) {
      if (!asked || allowed.left == 0) {
        commit(std::exchange(pending, {}));
        allowed =
            allowance(store_.sent_after(clock_.now() - limits_window), limits_.per_day, clock_.now());
        asked = true;
      }
      if (allowed.left == 0) {
        sent.paused =
            fmt::format("{} mails were sent within 24 hours, which is the limit", limits_.per_day);
        sent.again = allowed.more_at;
      }
      go_on = sent.paused.empty() && !stop();
      if (!go_on) break;
      --allowed.left;
      pending.push_back({clock_.now(), "papertray", SendingBegun{row.token}});
      reached("outbox:sending");
      commit(std::exchange(pending, {}));
      reached("outbox:deliver");
      const Attempt attempt = transport.deliver({.token = row.token, .to = row.to, .bytes = row.bytes});
      const NextStep step =
          next_step(attempt, row.attempts + 1, row.was_unknown, row.created, clock_.now());
      reached("outbox:sent");
      pending.push_back(ended(row, step.state, step.reason, step.next_try));
      watcher_.delivered(row.token, row.to, step.state, step.reason);
      count(sent, step);
      if (!step.pause_until) continue;
      sent.paused = step.reason;
      sent.again = step.pause_until;
      pending.push_back(
          {clock_.now(), "papertray",
           OutboxPaused{.reason = step.reason, .until = step.pause_until->time_since_epoch().count()}});
    }
    commit(std::exchange(pending, {}));
    reached("outbox:told");
    // Rows that were put off are not due any more, so this ends.
  }
  transport.close();
  return sent;
}

void Outbox::order(const std::string& actor, RowsOrdered rows) {
  reached("outbox:order");
  commit({{clock_.now(), actor, std::move(rows)}});
}

void Outbox::pause(const std::string& actor, const std::string& reason) {
  commit({{clock_.now(), actor, OutboxPaused{.reason = reason, .until = 0}}});
}

void Outbox::resume(const std::string& actor) {
  commit({{clock_.now(), actor, OutboxResumed{}}});
}

Event Outbox::ended(const OutboxRow& row, OutboxState state, const std::string& reason,
                    std::optional<Time> next) {
  return {clock_.now(), "papertray",
          SendingEnded{.token = row.token,
                       .state = state,
                       .reason = reason,
                       .next_try = next ? next->time_since_epoch().count() : 0}};
}

// In the log and on the disk first, then in the database: as with mails.
void Outbox::commit(std::vector<Event> events) {
  if (events.empty()) return;
  LogPosition reached;
  for (const Event& event : events)
    reached = log_.append(event);
  log_.sync();
  std::unique_ptr<StoreBatch> batch = store_.begin();
  for (const Event& event : events)
    batch->apply(event);
  batch->commit(reached);
}

}  // namespace papertray
