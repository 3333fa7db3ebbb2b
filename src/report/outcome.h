// What a command that works tells when it is through: run, import, rebuild; and what a dry run saw.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/route.h"
#include "report/look.h"

namespace papertray {

struct ReceiptCounts {
  std::int64_t sent = 0;
  std::int64_t waiting = 0;  // tried, and to be tried again
  std::int64_t failed = 0;
};

struct TakenView {
  std::string command;  // "run", "import": names the JSON
  std::int64_t recorded = 0, triage = 0, ignored = 0, quarantined = 0;  // new messages
  std::int64_t known = 0;                                               // read, but there already
  std::int64_t warnings = 0;
  std::optional<ReceiptCounts> receipts = std::nullopt;  // nullopt: none were to be sent
  bool stopped = false;                                  // before everything was taken in
};

// One line.
std::string taken_text(const TakenView& view);
std::string taken_json(const TakenView& view);

struct RebuiltView {
  std::string database;
  std::uint64_t entries = 0;  // of the log
  std::string before;         // the database that was there, "" when there was none
};

struct RecheckedView {
  std::int64_t checked = 0;
  std::int64_t with_findings = 0;  // of them
  std::int64_t failed = 0;         // could not be looked into; told on the way
  bool stopped = false;            // before all were through
};

std::string rechecked_text(const RecheckedView& view);
std::string rechecked_json(const RecheckedView& view);

std::string rebuilt_text(const RebuiltView& view);
std::string rebuilt_json(const RebuiltView& view);

struct BackupView {
  std::string file;
  std::uint64_t bytes = 0;
  std::uint32_t segments = 0;  // of the log
};

std::string backup_text(const BackupView& view);
std::string backup_json(const BackupView& view);

struct WouldTake {
  std::string from;
  std::string subject;
  Fate fate = Fate::triage;
  std::string track;  // "" for none
  std::string reason;
};

std::string would_take_text(const std::vector<WouldTake>& rows, const Look& look);
std::string would_take_json(const std::vector<WouldTake>& rows);

}  // namespace papertray
