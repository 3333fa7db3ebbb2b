// The first step: mails from a source into the log. Nothing is decided here.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "intake/arrivals.h"
#include "intake/clock.h"
#include "intake/known.h"
#include "intake/log.h"
#include "intake/mailbox_source.h"
#include "intake/watcher.h"

namespace papertray {

// Writes what a source hands over into the log and remembers the entries, which count once the log is
// synced. A mail whose bytes the log holds already is taken back and becomes a SeenAgain; one at which
// papertray has died too often is refused.
class BatchWriter : public MailReceiver {
 public:
  BatchWriter(Log& log, const Known& known, const Clock& clock, Watcher& watcher, Receipts receipts,
              Arrivals& arrivals);
  ~BatchWriter() override { arrivals_.leave(); }
  BatchWriter(const BatchWriter&) = delete;
  BatchWriter& operator=(const BatchWriter&) = delete;

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
  void take();
  void leave_out();

  Log& log_;
  const Known& known_;
  const Clock& clock_;
  Watcher& watcher_;
  Receipts receipts_;
  Arrivals& arrivals_;
  MailFacts open_;               // of the mail being written
  PlaceKey key_ = 0;             // its place
  std::uint64_t written_ = 0;    // bytes of it
  bool left_out_ = false;        // papertray has died at it
  std::set<std::string> fresh_;  // SHA-256 of this batch's mails
  std::vector<LogEntry> entries_;
  std::vector<Place> places_;
};

}  // namespace papertray
