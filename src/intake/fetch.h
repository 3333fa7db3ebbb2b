// The first step: mails from a source into the log. Nothing is decided here.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "intake/clock.h"
#include "intake/known.h"
#include "intake/log.h"
#include "intake/mailbox_source.h"
#include "intake/watcher.h"

namespace papertray {

// Writes what a source hands over into the log and remembers the entries, which count once the log is
// synced. A mail whose bytes the log holds already is taken back and becomes a SeenAgain.
class BatchWriter : public MailReceiver {
 public:
  BatchWriter(Log& log, const Known& known, const Clock& clock, Watcher& watcher, Receipts receipts);

  void begin(const MailFacts& facts) override;
  void write(std::span<const char> bytes) override;
  void end() override;
  void abandon() override;
  void vanished(const Place& place) override;
  void refused(const Place& place, const std::string& why) override;
  void warning(const std::string& sentence) override;

  void append(Event event);

  // In the order of the log.
  std::vector<LogEntry>& entries() { return entries_; }
  // Of the mails handed over whole: to be shown as done once they are recorded.
  const std::vector<Place>& places() const { return places_; }

 private:
  Log& log_;
  const Known& known_;
  const Clock& clock_;
  Watcher& watcher_;
  Receipts receipts_;
  MailFacts open_;               // of the mail being written
  std::set<std::string> fresh_;  // SHA-256 of this batch's mails
  std::vector<LogEntry> entries_;
  std::vector<Place> places_;
};

}  // namespace papertray
