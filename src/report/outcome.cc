#include "report/outcome.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/printable.h"
#include "report/json_value.h"
#include "report/table.h"
#include "report/words.h"

namespace papertray {
namespace {

using json::Value;

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", grouped(count), count == 1 ? one : many);
}

// ", 2 wait" and the like, where there is something to say.
std::string further(std::int64_t count, std::string_view what) {
  return count > 0 ? fmt::format(", {} {}", grouped(count), what) : "";
}

std::int64_t total(const TakenView& view) {
  return view.recorded + view.triage + view.ignored + view.quarantined;
}

std::string messages(const TakenView& view) {
  if (total(view) == 0) return "no new messages";
  return counted(total(view), "new message", "new messages") + ": " + grouped(view.recorded) +
         " recorded" + further(view.triage, "in triage") + further(view.ignored, "ignored") +
         further(view.quarantined, "quarantined");
}

}  // namespace

std::string taken_text(const TakenView& view) {
  std::string text = messages(view);
  if (view.known > 0) text += fmt::format("; {} known already", grouped(view.known));
  if (view.receipts)
    text += fmt::format("; {} sent{}{}", counted(view.receipts->sent, "receipt", "receipts"),
                        further(view.receipts->waiting, "to be tried again"),
                        further(view.receipts->failed, "failed"));
  if (view.warnings > 0) text += "; " + counted(view.warnings, "warning", "warnings");
  if (view.stopped) text += "; stopped, run it again for the rest";
  return text + "\n";
}

std::string taken_json(const TakenView& view) {
  Value value = json::document(view.command);
  value["messages"] = {{"total", total(view)},
                       {"recorded", view.recorded},
                       {"triage", view.triage},
                       {"ignored", view.ignored},
                       {"quarantined", view.quarantined}};
  value["known"] = view.known;
  const ReceiptCounts receipts = view.receipts.value_or(ReceiptCounts{});
  value["receipts"] = {
      {"sent", receipts.sent}, {"waiting", receipts.waiting}, {"failed", receipts.failed}};
  value["warnings"] = view.warnings;
  value["stopped"] = view.stopped;
  return json::printed(value);
}

std::string rebuilt_text(const RebuiltView& view) {
  return fmt::format("{}: made anew from {}{}\n", one_line(view.database),
                     counted(static_cast<std::int64_t>(view.entries), "log entry", "log entries"),
                     view.before.empty() ? "" : "; the one before is " + one_line(view.before));
}

std::string rechecked_text(const RecheckedView& view) {
  std::string text = view.checked == 0 ? "no paper was looked into"
                                       : counted(view.checked, "paper", "papers") + " looked into";
  text +=
      further(view.with_findings, "with findings") + further(view.failed, "could not be looked into");
  if (view.stopped) text += "; stopped, run it again for the rest";
  return text + "\n";
}

std::string rechecked_json(const RecheckedView& view) {
  Value value = json::document("recheck");
  value["checked"] = view.checked;
  value["with_findings"] = view.with_findings;
  value["failed"] = view.failed;
  value["stopped"] = view.stopped;
  return json::printed(value);
}

std::string rebuilt_json(const RebuiltView& view) {
  Value value = json::document("rebuild");
  value["database"] = json::words(view.database);
  value["entries"] = view.entries;
  value["before"] = json::words_or_null(view.before);
  return json::printed(value);
}

std::string backup_text(const BackupView& view) {
  return fmt::format("{}: {}, {} of the log, the database, the configuration\n", one_line(view.file),
                     size_text(view.bytes), counted(view.segments, "segment", "segments"));
}

std::string backup_json(const BackupView& view) {
  Value value = json::document("backup");
  value["file"] = json::words(view.file);
  value["bytes"] = view.bytes;
  value["segments"] = view.segments;
  return json::printed(value);
}

std::string would_take_text(const std::vector<WouldTake>& rows, const Look& look) {
  std::string text;
  if (!rows.empty()) {
    Table table({{"subject", 0, 16}, {"from", 2, 12}, {"fate", 0}, {"track", 3}, {"why", 1, 24}});
    for (const WouldTake& row : rows)
      table.add(
          {row.subject, row.from, Cell(fate_name(row.fate), tone_of(row.fate)), row.track, row.reason});
    text = table.text(look);
  }
  return text + block(counted(static_cast<std::int64_t>(rows.size()), "mail", "mails") +
                          " would be taken in; nothing was changed",
                      look, 0);
}

std::string would_take_json(const std::vector<WouldTake>& rows) {
  return json::printed_list("dry-run", rows, [](const WouldTake& row) -> Value {
    return {{"from", json::words(row.from)},
            {"subject", json::words(row.subject)},
            {"fate", fate_name(row.fate)},
            {"track", json::words_or_null(row.track)},
            {"reason", json::words(row.reason)}};
  });
}

}  // namespace papertray
