// Papers are looked into beside the work with mail: outside of any transaction, several at once. What
// was found is an event of the log. Receipts wait for it within a budget; what comes later is kept and
// shown, and holds up nobody.
//
// What is to be done stands in the database (versions without a check, receipts that wait), so a kill at
// any moment means that the next start goes on with it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "intake/check_pool.h"
#include "intake/clock.h"
#include "intake/intake.h"
#include "intake/paper_stock.h"
#include "intake/watcher.h"

namespace papertray {

struct CheckSettings {
  bool on = true;
  Seconds budget{10};  // so long a receipt waits, from when its paper is on record
};

// All outlive it; used where the intake is used, by one thread.
struct CheckParts {
  Intake& intake;
  const Store& store;
  PaperStock& stock;
  CheckPool& pool;
  const Clock& clock;
  Watcher& watcher;
};

class PaperChecks {
 public:
  PaperChecks(CheckSettings settings, CheckParts parts) : settings_(settings), parts_(parts) {}

  // Hands out what is to be looked into. Call it after mail was taken in. With checks off, receipts that
  // waited are let go.
  void begin();

  // Writes down what was found by now, and which receipts have waited long enough.
  void settle();

  // Whether receipts wait, or anything is under way.
  bool awaited() const { return !awaited_.empty(); }
  bool busy() const { return !under_way_.empty(); }

  // begin, then settle until no receipt waits; at most so long.
  void wait_for_receipts(std::chrono::milliseconds at_most, const std::function<bool()>& stop);
  // The same until nothing is under way and nothing left to begin.
  void finish(const std::function<bool()>& stop);

 private:
  using Key = std::pair<std::string, std::string>;  // SHA-256, track

  void offer(const PaperOnRecord& paper, bool urgent);
  // An event for what became of it; nullopt: it is tried once more, or given up.
  std::optional<Event> outcome(CheckPool::Done done);
  void give_up(const Key& key, const std::string& why);

  CheckSettings settings_;
  CheckParts parts_;
  std::int64_t handed_out_ = 0;  // all versions up to this one
  std::set<Key> under_way_;
  std::map<Key, Time> awaited_;    // until when receipts wait for it
  std::set<Key> restored_, lost_;  // made again from the log; cannot be looked into by this run
};

}  // namespace papertray
