// Tells the service manager with each mail that comes in or goes out that we live: a first scan of a
// large mailbox lasts longer than any watchdog waits.
#pragma once

#include <atomic>
#include <chrono>

#include "app/notify.h"
#include "intake/watcher.h"

namespace papertray {

class Lively : public Watcher {
 public:
  explicit Lively(Watcher& next) : next_(next) {}

  void fetched(std::uint64_t bytes) override {
    live();
    next_.fetched(bytes);
  }
  void taken(const TakenMessage& message) override {
    live();
    next_.taken(message);
  }
  void known_already(const std::string& sha256) override {
    live();
    next_.known_already(sha256);
  }
  void warning(const std::string& sentence) override { next_.warning(sentence); }
  void delivered(const std::string& token, const std::string& to, OutboxState state,
                 const std::string& reason) override {
    live();
    next_.delivered(token, to, state, reason);
  }

 private:
  // Mails come by the thousand a second; once in one will do.
  void live() {
    const auto now = std::chrono::steady_clock::now();
    if (now - last_.load() < std::chrono::seconds(1)) return;
    last_ = now;
    notify_alive();
  }

  Watcher& next_;
  std::atomic<std::chrono::steady_clock::time_point> last_{};  // batches are recorded in a second thread
};

}  // namespace papertray
