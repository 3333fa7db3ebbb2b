#include "intake/intake.h"

#include <algorithm>
#include <future>
#include <utility>

#include "core/error.h"
#include "core/fail_point.h"
#include "intake/ahead.h"
#include "intake/fetch.h"
#include "intake/in_flight.h"
#include "intake/record.h"
#include "intake/sighting.h"
#include "intake/tell_check.h"

namespace papertray {
namespace {

// Entries applied in one transaction while catching up: as many as a batch has.
constexpr std::size_t recovery_group = 400;

std::optional<Time> newest_arrival(std::span<const LogEntry> entries) {
  std::optional<Time> newest;
  for (const LogEntry& entry : entries)
    if (const auto* mail = std::get_if<LoggedMail>(&entry.what))
      newest = std::max(newest, mail->facts.internaldate);
  return newest;
}

// Whether what is to be inspected follows from the batch alone, and not from what the batch before it,
// still being recorded, makes of a mail that is seen again or routed.
bool depends_on_itself(std::span<const LogEntry> entries) {
  return !entries.empty() && std::all_of(entries.begin(), entries.end(), [](const LogEntry& entry) {
    return std::holds_alternative<LoggedMail>(entry.what) ||
           (!sighting(entry).facts && !routed_in(entry));
  });
}

int deaths_allowed(const LogEntry& entry) {
  return sighting(entry).facts || routed_in(entry) ? deaths_of_a_mail : deaths_of_an_event;
}

}  // namespace

Intake::Intake(IntakeParts parts)
    : parts_(std::move(parts)), attempts_(parts_.attempts), arrivals_(parts_.arrivals) {
  if (const std::optional<RulesLoaded> rules = parts_.store.rules()) {
    rules_ = parts_.read_rules(*rules);
    have_rules_ = true;
  }
}

// A batch in the other threads.
struct Intake::Flight {
  Flight() = default;
  Flight(const Flight&) = delete;
  Flight& operator=(const Flight&) = delete;
  // The threads read the batch until they are done, whatever happens here.
  ~Flight() {
    if (taken.valid()) taken.wait();
    ahead.leave();
    if (inspected.valid()) inspected.wait();
  }

  Batch batch;
  Ahead ahead;  // batch.mails, inspected
  std::future<void> inspected;
  std::future<std::vector<TakenMessage>> taken;
};

// The whole of papertray on one screen: fetch, inspect, route, record, queue; then the mailbox is told.
Taken Intake::take_in(MailboxSource& source, Receipts receipts, const BatchLimits& limits,
                      const std::function<bool()>& stop) {
  Taken all;
  std::unique_ptr<Flight> flight;
  std::optional<Failure> broken;
  for (bool more = true; more;) {
    const InFlight known(parts_.known, flight ? &flight->batch.entries : nullptr);
    BatchWriter writer(parts_.log, known, parts_.clock, parts_.watcher, receipts, arrivals_);
    for (Event& marked : std::exchange(marks_, {}))
      writer.append(std::move(marked));
    try {
      const std::size_t places = stop() ? 0 : source.fetch(known, limits, writer);
      all.places += places;
      more = places > 0;
    } catch (const Stopped&) {
      all.stopped = true;  // what came whole before it is kept
      more = false;
    } catch (const Failure& failure) {
      broken = failure;  // likewise
      more = false;
    }
    reached("intake:fetched");
    all.newest = std::max(all.newest, newest_arrival(writer.entries()));
    std::unique_ptr<Flight> next;
    if (depends_on_itself(writer.entries()))
      next = inspect(std::move(writer.entries()), writer.places());
    if (flight) all.messages += land(*flight, source);
    flight.reset();
    if (!next && !writer.entries().empty()) next = inspect(std::move(writer.entries()), writer.places());
    if (!next) continue;
    parts_.log.sync();
    flight = std::move(next);
    flight->taken = recorder_.run([this, &batch = *flight] {
      const Attempting attempting(attempts_, batch.batch.entries.back().end);
      return record(batch);
    });
  }
  if (flight) all.messages += land(*flight, source);
  if (!broken && !all.stopped) show_done(source, {});  // what a killed run left
  if (broken) throw Failure(*broken);
  return all;
}

// The batch is recorded; now the mailbox may show it.
std::size_t Intake::land(Flight& flight, MailboxSource& source) {
  const std::vector<TakenMessage> taken = flight.taken.get();
  for (const TakenMessage& message : taken)
    parts_.watcher.taken(message);
  reached("intake:recorded");
  show_done(source, flight.batch.places);
  reached("intake:shown");
  return taken.size();
}

Intake::Batch Intake::prepare(std::vector<LogEntry> entries, std::vector<Place> places) {
  Batch batch{.entries = std::move(entries), .places = std::move(places), .mails = {}, .at = {}};
  ToInspect chosen(parts_.known);
  for (std::size_t i = 0; i < batch.entries.size(); ++i) {
    // Asked of those, too, that are passed by: a person may route one of them later in the same batch.
    const std::optional<MailRef> mail = chosen.mail_of(batch.entries[i]);
    if (!mail || passed_by_.contains(batch.entries[i].end)) continue;
    batch.mails.push_back(parts_.log.open(*mail));
    batch.at.push_back(i);
  }
  return batch;
}

// Gives the mails to the inspector, and does not wait for its answers.
std::unique_ptr<Intake::Flight> Intake::inspect(std::vector<LogEntry> entries,
                                                std::vector<Place> places) {
  auto flight = std::make_unique<Flight>();
  flight->batch = prepare(std::move(entries), std::move(places));
  flight->inspected = reader_.run([this, &work = flight->batch, &ahead = flight->ahead] {
    const auto note = [&](std::size_t i) {
      if (i < work.at.size()) attempts_.inspecting(work.entries[work.at[i]].end);
    };
    try {
      note(0);
      parts_.inspector.inspect(work.mails, [&](std::size_t i, Inspected inspected) {
        ahead.put(std::move(inspected), work.mails[i]->size());
        note(i + 1);
      });
    } catch (const Ahead::Unwanted&) {
      // The recording has failed, and tells why.
    } catch (...) {
      ahead.fail(std::current_exception());
    }
    attempts_.inspected();
  });
  return flight;
}

// One transaction for many entries. The same code serves a fresh batch, the rest of the log after a
// kill, and a database made anew, so they cannot come to differ.
std::vector<TakenMessage> Intake::record(Flight& flight) {
  // However this ends: an inspector that waits for room would hold up the next batch's.
  const std::unique_ptr<Ahead, void (*)(Ahead*)> done(&flight.ahead,
                                                      [](Ahead* ahead) { ahead->leave(); });
  const Batch& work = flight.batch;
  std::unique_ptr<StoreBatch> batch = parts_.store.begin();
  std::vector<TakenMessage> taken;
  std::size_t next = 0;  // the entry to apply next
  // What is alone answers for the transaction, too.
  const bool alone = work.entries.size() == 1;
  const auto note = [&](LogPosition end) { attempts_.recording(end); };
  if (alone) note(work.entries.front().end);
  const auto apply_others_before = [&](std::size_t end) {
    for (; next < end; ++next) {
      if (!alone) note(work.entries[next].end);
      if (const auto passed = passed_by_.find(work.entries[next].end); passed != passed_by_.end()) {
        const Desk desk{.rules = rules_, .receipts = parts_.receipts, .shelf = parts_.shelf};
        if (const auto message = record_passed_by(*batch, desk, work.entries[next], passed->second))
          taken.push_back(*message);
        continue;
      }
      if (const auto* event = std::get_if<Event>(&work.entries[next].what)) {
        if (std::holds_alternative<LettersOrdered>(event->what))
          record_letters(*batch, {.rules = rules_, .receipts = parts_.receipts, .shelf = parts_.shelf},
                         *event);
        else
          batch->apply(*event);
        if (const auto* rules = std::get_if<RulesLoaded>(&event->what)) {
          rules_ = parts_.read_rules(*rules);
          have_rules_ = true;
        }
        tell_check(*batch, {.rules = rules_, .receipts = parts_.receipts, .shelf = parts_.shelf},
                   *event);
        continue;
      }
      // The same bytes twice in the log: one message at two places.
      const auto& mail = std::get<LoggedMail>(work.entries[next].what);
      if (const auto known = batch->message_by_sha256(mail.sha256)) batch->add_place(mail.facts, *known);
    }
  };

  for (const std::size_t at : work.at) {
    const Inspected inspected = flight.ahead.take();
    const LogEntry& entry = work.entries[at];
    apply_others_before(at);
    if (!alone) note(entry.end);
    if (!have_rules_)
      throw Failure({Scope::store, Again::person, Exit::bad_data,
                     "the log holds a mail before any rules; run papertray audit"});
    const Sighting seen = sighting(entry);
    const Desk desk{.rules = rules_, .receipts = parts_.receipts, .shelf = parts_.shelf};
    if (routed_in(entry)) {
      const auto& event = std::get<Event>(entry.what);
      if (const auto routed = record_routed(*batch, desk, event, inspected)) taken.push_back(*routed);
      next = at + 1;
      continue;
    }
    if (seen.mail && !batch->message_by_sha256(*seen.sha256)) {
      Decision decision = decide(inspected, rules_, *seen.facts);
      const RecordedMail recorded = record_mail(
          *batch, desk, {.mail = *seen.mail, .inspected = inspected, .decision = std::move(decision)});
      queue_receipt(*batch, desk, *seen.mail, inspected.message, recorded);
      taken.push_back(recorded.taken);
      next = at + 1;
      continue;
    }
    apply_others_before(at + 1);
    if (const auto moved = record_moved(*batch, desk, seen, inspected)) taken.push_back(*moved);
  }
  apply_others_before(work.entries.size());
  if (!alone) note({});
  reached("intake:decided");
  batch->commit(work.entries.back().end);
  return taken;
}

std::size_t Intake::apply(std::vector<LogEntry> entries) {
  const Attempting attempting(attempts_, entries.back().end);
  const std::unique_ptr<Flight> flight = inspect(std::move(entries), {});
  const std::vector<TakenMessage> taken = record(*flight);
  for (const TakenMessage& message : taken)
    parts_.watcher.taken(message);
  return taken.size();
}

std::size_t Intake::recover() {
  std::size_t applied = 0;
  std::vector<LogEntry> group;
  const auto flush = [&] {
    if (group.empty()) return;
    applied += group.size();
    apply(std::exchange(group, {}));
  };
  arrivals_.look_back();
  parts_.log.sync();  // what a failed batch left in the log becomes part of it
  const LogPosition from = parts_.store.position();
  const std::optional<LogPosition> careful = attempts_.look_back(from);
  const Suspects suspects = attempts_.suspects();
  std::vector<LogEntry> deadly;
  parts_.log.read_from(from, [&](const LogEntry& entry) {
    if (const auto* event = std::get_if<Event>(&entry.what))
      if (const auto* passed = std::get_if<PassedBy>(&event->what))
        passed_by_[{passed->segment, passed->offset}] = passed->why;
    if (std::ranges::any_of(suspects, [&](const Suspect& suspect) {
          return suspect.end == entry.end && suspect.deaths >= deaths_allowed(entry);
        }))
      deadly.push_back(entry);
    return true;
  });
  for (const LogEntry& entry : deadly)
    pass_by(entry);
  parts_.log.read_from(from, [&](const LogEntry& entry) {
    const bool alone = careful && entry.end <= *careful;
    group.push_back(entry);
    if (alone || group.size() == recovery_group) flush();
    return true;
  });
  flush();
  return applied;
}

void Intake::pass_by(const LogEntry& entry) {
  if (passed_by_.contains(entry.end)) return;
  const Sighting seen = sighting(entry);
  const Routed* routed = routed_in(entry);
  if (!seen.facts && !routed)
    throw Failure(
        {Scope::store, Again::person, Exit::configuration,
         "papertray ended again and again at an entry of the log that is no mail (before byte " +
             std::to_string(entry.end.offset) + " of segment " + std::to_string(entry.end.segment) +
             "): this is a defect; please report it, and use another version meanwhile"});
  PassedBy passed{.segment = entry.end.segment,
                  .offset = entry.end.offset,
                  .sha256 = routed ? routed->sha256 : *seen.sha256,
                  .why =
                      "papertray ended in the middle of it twice, so it is not looked at; "
                      "please report it, with the mail when that may be told"};
  parts_.watcher.warning("the mail " + passed.sha256 + ": " + passed.why);
  passed_by_[entry.end] = passed.why;
  parts_.log.append({parts_.clock.now(), "papertray", std::move(passed)});
  parts_.log.sync();
  attempts_.acquit(entry.end);
}

void Intake::use_rules(const RulesLoaded& rules) {
  const std::optional<RulesLoaded> current = parts_.store.rules();
  if (current && current->toml == rules.toml && current->templates == rules.templates &&
      current->from == rules.from && current->per_address == rules.per_address &&
      current->authserv == rules.authserv && current->styles == rules.styles &&
      current->checks == rules.checks)
    return;
  parts_.read_rules(rules);  // a mistake in them must not get into the log
  reached("intake:rules");
  write({{parts_.clock.now(), "papertray", rules}});
}

void Intake::obey(Event event) {
  reached("desk:act");
  write({std::move(event)});
}

void Intake::write(std::vector<Event> events) {
  if (events.empty()) return;
  BatchWriter writer(parts_.log, parts_.known, parts_.clock, parts_.watcher, Receipts::off, arrivals_);
  for (Event& event : events)
    writer.append(std::move(event));
  parts_.log.sync();
  apply(std::move(writer.entries()));
}

void Intake::log_marks() {
  if (marks_.empty()) return;
  reached("intake:marks");
  write(std::exchange(marks_, {}));
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
  } catch (const Stopped&) {
    // The next run marks them.
  } catch (const Failure& failure) {
    // Marks are a courtesy to people who look into the mailbox: the mails are recorded, and the next
    // run marks them.
    parts_.watcher.warning(failure.error().text);
  }
}

}  // namespace papertray
