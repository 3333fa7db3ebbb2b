// Taking mail in: from a mailbox to recorded submissions and queued receipts.
//
// Order is what keeps the promise that nothing is lost or doubled. A batch's mails are in the log and
// synced before anything is decided; fates, submissions and receipts come in one transaction together
// with the log position they cover; only then the mailbox shows the mails as done. A kill between any
// two steps leaves a log that is ahead of the database (recover() applies the rest) or mails that are
// not marked (the next take_in marks them).
//
// While a batch is recorded in a second thread, the next one is fetched into the log, and a third thread
// inspects what has come whole, ahead of the recording (ahead.h). It is synced only when the batch
// before is committed: the log relies on that order (log/walk.h). An answer of the inspector changes
// nothing, so it may come before the sync; nothing is decided from it before.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/rules.h"
#include "intake/arrivals.h"
#include "intake/attempt.h"
#include "intake/clock.h"
#include "intake/inspector.h"
#include "intake/log.h"
#include "intake/mailbox_source.h"
#include "intake/paper_shelf.h"
#include "intake/receipt_writer.h"
#include "intake/second_thread.h"
#include "intake/store.h"
#include "intake/watcher.h"

namespace papertray {

// What the intake works with: owned by the caller, outliving the intake.
struct IntakeParts {
  Log& log;
  Store& store;
  // The same database over a connection of its own: asked while a transaction of `store` is under way.
  const Store& known;
  Inspector& inspector;
  ReceiptWriter& receipts;
  PaperShelf& shelf;
  const Clock& clock;
  Watcher& watcher;
  // Reads rules that the log holds. Throws Failure (program, configuration).
  std::function<Rules(const RulesLoaded&)> read_rules;
  AttemptNote* attempts = nullptr;  // nullptr: a mail that ends the program ends it again
  ArrivalNote* arrivals = nullptr;  // likewise
};

struct Taken {
  std::size_t places = 0;      // dealt with, in the mailbox
  std::size_t messages = 0;    // new ones that got a fate
  std::optional<Time> newest;  // INTERNALDATE of the newest mail taken in
  bool stopped = false;        // the source broke off in the middle: the program is to end
};

class Intake {
 public:
  explicit Intake(IntakeParts parts);

  // Applies what the log holds beyond the database. Returns the entries applied. Call it first.
  std::size_t recover();

  // Puts rules in force, from the next mail on; writes them into the log when they are not those
  // in force already.
  void use_rules(const RulesLoaded& rules);

  // Writes down what a person decided, and does it.
  void obey(Event event);
  // Writes down what happened, in one transaction; nothing for none.
  void write(std::vector<Event> events);

  // In force.
  const Rules& rules() const { return rules_; }

  // Takes in all that the source has for now, batch by batch; `stop` is asked between two. Throws
  // Failure when the source fails; the mails that came whole before are recorded.
  Taken take_in(
      MailboxSource& source, Receipts receipts, const BatchLimits& limits = {},
      const std::function<bool()>& stop = [] { return false; });

  // Writes down what take_in has shown as done since. Call it when nothing is more urgent: a receipt
  // need not wait for it. A kill before it means that the next run marks the same mails once more.
  void log_marks();

 private:
  // A batch that is in the log, being inspected and then recorded.
  struct Batch {
    std::vector<LogEntry> entries;
    std::vector<Place> places;                            // to be marked once it is recorded
    std::vector<std::shared_ptr<const MailBytes>> mails;  // those not known yet
    std::vector<std::size_t> at;                          // entries[at[i]] is mails[i]
  };
  struct Flight;

  Batch prepare(std::vector<LogEntry> entries, std::vector<Place> places);
  std::unique_ptr<Flight> inspect(std::vector<LogEntry> entries, std::vector<Place> places);
  std::vector<TakenMessage> record(Flight& flight);
  std::size_t apply(std::vector<LogEntry> entries);
  void pass_by(const LogEntry& entry);
  std::size_t land(Flight& flight, MailboxSource& source);
  void show_done(MailboxSource& source, std::span<const Place> places);

  IntakeParts parts_;
  Attempts attempts_;
  Arrivals arrivals_;
  Rules rules_;  // in force
  bool have_rules_ = false;
  std::vector<Event> marks_;                      // to be logged with the next batch
  std::map<LogPosition, std::string> passed_by_;  // ends of entries, and why
  SecondThread reader_;                           // last: they work on the others
  SecondThread recorder_;
};

}  // namespace papertray
