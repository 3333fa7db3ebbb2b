// Who looks on while the intake and the outbox work: a log file, a progress bar, a test.
#pragma once

#include <cstdint>
#include <string>

#include "core/retry.h"
#include "core/route.h"

namespace papertray {

// One message that got its fate in a transaction that is committed.
struct TakenMessage {
  std::int64_t message = 0;  // M number
  std::string sha256;
  std::string message_id;
  std::string from;
  Fate fate = Fate::triage;
  std::string reason;
  std::string submission;  // "P-7", "" for none
  int version = 0;
};

class Watcher {
 public:
  virtual ~Watcher() = default;
  virtual void fetched(std::uint64_t /*bytes*/) {}
  virtual void taken(const TakenMessage&) {}
  virtual void known_already(const std::string& /*sha256*/) {}
  virtual void warning(const std::string& /*sentence*/) {}
  virtual void delivered(const std::string& /*token*/, const std::string& /*to*/, OutboxState,
                         const std::string& /*reason*/) {}
};

}  // namespace papertray
