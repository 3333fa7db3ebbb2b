// The daemon: takes in, sends, waits, for months. It survives what servers and networks do; it ends when
// it is asked to, or when the disk no longer takes what must be durable.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/error.h"
#include "core/time.h"
#include "intake/intake.h"
#include "intake/outbox.h"
#include "intake/paper_checks.h"

namespace papertray {

// What is told to those who look from outside (status file, metrics, the service manager).
struct DaemonStatus {
  std::optional<Time> last_contact;  // the mailbox answered as it should
  Trouble trouble = Trouble::none;
  std::string detail;              // the sentence, when there is trouble
  std::optional<Time> next_try;    // of the mailbox: after trouble, else the next poll
  std::optional<Time> reconciled;  // when every mail of every folder was last looked at
  Seconds lag{0};                  // from a mail's arrival (INTERNALDATE) to its record, the newest one
};

struct DaemonSettings {
  Receipts receipts = Receipts::send;
  Seconds poll{300};          // beside being told of news
  Seconds reconcile{86'400};  // every mail of every folder is looked at this often
};

// The world of the daemon besides the intake and the outbox.
class DaemonWorld {
 public:
  virtual ~DaemonWorld() = default;
  virtual Time now() = 0;
  virtual double chance() = 0;  // in [0, 1)
  virtual bool stop_asked() = 0;
  virtual bool reload_asked() = 0;  // once for each ask
  virtual void reload() = 0;        // rules anew; throws Failure (configuration): the old ones stay
  // Waits on the source (nullptr: just waits) as MailboxSource::wait does, in pieces that keep the
  // service manager content.
  virtual Woken wait(MailboxSource* source, Seconds at_most) = 0;
  virtual void tell(const DaemonStatus& status) = 0;
};

class Daemon {
 public:
  // All outlive the daemon. `transport` may be nullptr: receipts are recorded, not sent. `before` is
  // what the run before told last.
  // `checks` may be nullptr: nobody looks into papers.
  Daemon(DaemonSettings settings, const DaemonStatus& before, Intake& intake, Outbox& outbox,
         const Store& store, MailboxSource& source, Transport* transport, DaemonWorld& world,
         Watcher& watcher, PaperChecks* checks = nullptr);

  // Until stop_asked(). Throws Failure (store, program): what must be durable cannot be.
  void run();

 private:
  // False: broken off by the ask to stop, which tells nothing of the mailbox.
  bool take_in();
  void check();
  void send();
  Seconds until_next(Time now) const;

  DaemonSettings settings_;
  Intake& intake_;
  Outbox& outbox_;
  const Store& store_;
  MailboxSource& source_;
  Transport* transport_;
  DaemonWorld& world_;
  Watcher& watcher_;
  PaperChecks* checks_;

  DaemonStatus status_;
  Time looked_at_{};  // by the clock as it was then
  int failures_ = 0;  // in a row, of the mailbox
  Sent sent_;         // the outbox's last round
};

}  // namespace papertray
