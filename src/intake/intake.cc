#include "intake/intake.h"

#include <set>
#include <utility>

#include "core/error.h"
#include "intake/fetch.h"
#include "intake/record.h"

namespace papertray {
namespace {

// Entries applied in one transaction while catching up: as many as a batch has.
constexpr std::size_t recovery_group = 200;

Decision decide(const Inspected& inspected, const Rules& rules) {
  if (inspected.quarantine.empty()) return route(inspected.message, rules);
  Decision decision;
  decision.fate = Fate::quarantined;
  decision.reason = inspected.quarantine;
  decision.trace.push_back(inspected.quarantine);
  return decision;
}

}  // namespace

Intake::Intake(IntakeParts parts) : parts_(std::move(parts)) {
  if (const std::optional<RulesLoaded> rules = parts_.store.rules()) {
    rules_ = parts_.read_rules(*rules);
    have_rules_ = true;
  }
}

Taken Intake::take_in(MailboxSource& source, Receipts receipts, const BatchLimits& limits,
                      const std::function<bool()>& stop) {
  Taken all;
  while (!stop()) {
    const Taken batch = take_batch(source, receipts, limits);
    all.places += batch.places;
    all.messages += batch.messages;
    if (batch.places == 0) break;
  }
  return all;
}

// The whole of papertray on one screen: fetch, inspect, route, record, queue; then the mailbox is told.
Taken Intake::take_batch(MailboxSource& source, Receipts receipts, const BatchLimits& limits) {
  BatchWriter batch(parts_.log, parts_.store, parts_.clock, parts_.watcher, receipts);
  for (Event& marked : std::exchange(marks_, {}))
    batch.append(std::move(marked));

  Taken taken;
  std::optional<Failure> broken;
  try {
    taken.places = source.fetch(parts_.store, limits, batch);
  } catch (const Failure& failure) {
    broken = failure;  // what came whole before it is kept
  }
  if (!batch.entries().empty()) {
    parts_.log.sync();
    taken.messages = apply(batch.entries());
  }
  if (broken) throw Failure(*broken);
  show_done(source, batch.places());
  if (taken.places == 0 && !marks_.empty()) {
    // Nothing follows that the marks could travel with.
    BatchWriter last(parts_.log, parts_.store, parts_.clock, parts_.watcher, receipts);
    for (Event& marked : std::exchange(marks_, {}))
      last.append(std::move(marked));
    parts_.log.sync();
    apply(last.entries());
  }
  return taken;
}

// One transaction for many entries. The same code serves a fresh batch, the rest of the log after a
// kill, and a database made anew, so they cannot come to differ.
std::size_t Intake::apply(std::span<const LogEntry> entries) {
  std::vector<std::shared_ptr<const MailBytes>> mails;
  std::vector<std::size_t> at;  // entries[at[i]] is mails[i]
  std::set<std::string> fresh;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto* mail = std::get_if<LoggedMail>(&entries[i].what);
    if (!mail || parts_.store.has_message(mail->sha256) || !fresh.insert(mail->sha256).second) continue;
    mails.push_back(parts_.log.open(mail->ref));
    at.push_back(i);
  }

  std::unique_ptr<StoreBatch> batch = parts_.store.begin();
  std::vector<TakenMessage> taken;
  std::size_t next = 0;  // the entry to apply next
  const auto apply_others_before = [&](std::size_t end) {
    for (; next < end; ++next) {
      if (const auto* event = std::get_if<Event>(&entries[next].what)) {
        batch->apply(*event);
        if (const auto* rules = std::get_if<RulesLoaded>(&event->what)) {
          rules_ = parts_.read_rules(*rules);
          have_rules_ = true;
        }
        continue;
      }
      // The same bytes twice in the log: one message at two places.
      const auto& mail = std::get<LoggedMail>(entries[next].what);
      if (const auto known = batch->message_by_sha256(mail.sha256)) batch->add_place(mail.facts, *known);
    }
  };

  parts_.inspector.inspect(mails, [&](std::size_t i, const Inspected& inspected) {
    apply_others_before(at[i]);
    if (!have_rules_)
      throw Failure({Scope::store, Again::person, Exit::bad_data,
                     "the log holds a mail before any rules; run papertray audit"});
    const LoggedMail& mail = std::get<LoggedMail>(entries[at[i]].what);
    const Desk desk{.rules = rules_, .receipts = parts_.receipts, .shelf = parts_.shelf};
    Decision decision = decide(inspected, rules_);
    const RecordedMail recorded = record_mail(
        *batch, desk, {.mail = mail, .inspected = inspected, .decision = std::move(decision)});
    queue_receipt(*batch, desk, mail, inspected.message, recorded);
    taken.push_back(recorded.taken);
    next = at[i] + 1;
  });
  apply_others_before(entries.size());
  batch->commit(entries.back().end);
  for (const TakenMessage& message : taken)
    parts_.watcher.taken(message);
  return taken.size();
}

std::size_t Intake::recover() {
  std::size_t applied = 0;
  std::vector<LogEntry> group;
  const auto flush = [&] {
    if (group.empty()) return;
    apply(group);
    applied += group.size();
    group.clear();
  };
  parts_.log.read_from(parts_.store.position(), [&](const LogEntry& entry) {
    group.push_back(entry);
    if (group.size() == recovery_group) flush();
    return true;
  });
  flush();
  return applied;
}

void Intake::use_rules(const RulesLoaded& rules) {
  const std::optional<RulesLoaded> current = parts_.store.rules();
  if (current && current->toml == rules.toml && current->templates == rules.templates &&
      current->from == rules.from)
    return;
  parts_.read_rules(rules);  // a mistake in them must not get into the log
  BatchWriter batch(parts_.log, parts_.store, parts_.clock, parts_.watcher, Receipts::off);
  batch.append({parts_.clock.now(), "papertray", rules});
  parts_.log.sync();
  apply(batch.entries());
}

void Intake::show_done(MailboxSource& source, std::span<const Place> places) {
  try {
    const std::vector<Place> marked = source.mark(places);
    for (const Place& place : marked) {
      Marked* last = marks_.empty() ? nullptr : &std::get<Marked>(marks_.back().what);
      if (place.uid == 0) continue;  // files carry their mark in their name
      if (!last || last->account != place.account || last->folder != place.folder ||
          last->uidvalidity != place.uidvalidity) {
        marks_.push_back({parts_.clock.now(), "papertray",
                          Marked{.account = place.account,
                                 .folder = place.folder,
                                 .uidvalidity = place.uidvalidity,
                                 .uids = {}}});
        last = &std::get<Marked>(marks_.back().what);
      }
      last->uids.push_back(place.uid);
    }
  } catch (const Failure& failure) {
    // Marks are a courtesy to people who look into the mailbox: the mails are recorded, and the next
    // run marks them.
    parts_.watcher.warning(failure.error().text);
  }
}

}  // namespace papertray
