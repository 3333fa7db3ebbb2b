// Counts what passes, for the last line of `run` and `import`, and hands all of it on.
#pragma once

#include "intake/outbox.h"
#include "intake/watcher.h"
#include "report/outcome.h"

namespace papertray {

class Tally : public Watcher {
 public:
  explicit Tally(Watcher& next) : next_(next) {}

  void fetched(std::uint64_t bytes) override { next_.fetched(bytes); }
  void taken(const TakenMessage& message) override;
  void known_already(const std::string& sha256) override;
  void warning(const std::string& sentence) override;
  void delivered(const std::string& token, const std::string& to, OutboxState state,
                 const std::string& reason) override {
    next_.delivered(token, to, state, reason);
  }

  // The counts so far; `sent` when receipts were to be sent.
  TakenView view(const std::string& command, const std::optional<Sent>& sent, bool stopped) const;

  std::int64_t warnings() const { return counts_.warnings; }

 private:
  Watcher& next_;
  TakenView counts_;
};

}  // namespace papertray
