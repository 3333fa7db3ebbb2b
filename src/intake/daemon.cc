#include "intake/daemon.h"

#include <algorithm>

#include "core/reconnect.h"

namespace papertray {
namespace {

constexpr std::chrono::milliseconds usual_check{200};

}  // namespace

Daemon::Daemon(DaemonSettings settings, const DaemonStatus& before, Intake& intake, Outbox& outbox,
               const Store& store, MailboxSource& source, Transport* transport, DaemonWorld& world,
               Watcher& watcher, PaperChecks* checks)
    : settings_(settings),
      intake_(intake),
      outbox_(outbox),
      store_(store),
      source_(source),
      transport_(transport),
      world_(world),
      watcher_(watcher),
      checks_(checks) {
  status_.last_contact = before.last_contact;
  status_.reconciled = before.reconciled;
}

void Daemon::run() {
  while (!world_.stop_asked()) {
    if (world_.reload_asked()) {
      try {
        world_.reload();
      } catch (const Failure& failure) {
        watcher_.warning(failure.error().text + " (the rules before it stay in force)");
      }
    }
    if (!take_in()) break;
    check();
    send();
    intake_.log_marks();
    const Time now = world_.now();
    if (status_.trouble == Trouble::none) status_.next_try = now + settings_.poll;
    world_.tell(status_);
    if (world_.stop_asked()) break;
    try {
      world_.wait(status_.trouble == Trouble::none ? &source_ : nullptr, until_next(now));
    } catch (const Stopped&) {
      continue;
    } catch (const Failure& failure) {
      // A watched connection that ended by itself is made anew at once: only what fails then is trouble.
      if (failure.error().scope != Scope::account && failure.error().scope != Scope::folder) throw;
      watcher_.warning(failure.error().text);
    }
  }
  intake_.log_marks();
}

bool Daemon::take_in() {
  const Time now = world_.now();
  // A clock that was set back would otherwise keep us away until it is where it was.
  const bool set_back = now < looked_at_;
  const bool too_early = status_.next_try && now < *status_.next_try && !set_back;
  if (status_.trouble != Trouble::none && too_early) return true;
  looked_at_ = now;
  // A first run reads everything anyway.
  const bool reconcile = status_.reconciled && now - *status_.reconciled >= settings_.reconcile;
  if (reconcile) source_.look_at_all();
  try {
    const Taken taken =
        intake_.take_in(source_, settings_.receipts, {}, [this] { return world_.stop_asked(); });
    if (taken.stopped) return false;
    if ((reconcile || !status_.reconciled) && !world_.stop_asked()) status_.reconciled = now;
    status_.last_contact = world_.now();
    status_.trouble = Trouble::none;
    status_.detail.clear();
    if (taken.newest) status_.lag = std::max(Seconds(0), world_.now() - *taken.newest);
    failures_ = 0;
  } catch (const Failure& failure) {
    const Error& error = failure.error();
    if (error.scope != Scope::account && error.scope != Scope::folder) throw;
    ++failures_;
    status_.trouble = error.trouble == Trouble::none ? Trouble::other : error.trouble;
    status_.detail = error.text;
    status_.next_try = world_.now() + wait_after(status_.trouble, failures_, world_.chance());
    watcher_.warning(error.text);
  }
  return true;
}

// Most papers take some 25 ms: waited for, they save the mailbox a turn of watching. What takes longer
// is written down when it comes.
void Daemon::check() {
  if (checks_) checks_->wait_for_receipts(usual_check, [this] { return world_.stop_asked(); });
}

void Daemon::send() {
  if (transport_) sent_ = outbox_.send_due(*transport_, [this] { return world_.stop_asked(); });
}

// Until the mailbox or the outbox wants something, at least a second.
Seconds Daemon::until_next(Time now) const {
  Time next = status_.next_try.value_or(now + settings_.poll);
  if (transport_) {
    const std::optional<Time> due = store_.next_due();
    // Paused until a person resumes: the polls are soon enough to see that.
    if (due && sent_.paused.empty()) next = std::min(next, *due);
    if (due && sent_.again) next = std::min(next, std::max(*due, *sent_.again));
  }
  if (checks_ && checks_->busy()) next = std::min(next, now + Seconds(1));
  return std::max(Seconds(1), next - now);
}

}  // namespace papertray
