#include <nlohmann/json.hpp>

#include "report/json.h"
#include "report/json_value.h"

namespace papertray {
namespace {

using json::Value;

Value messages(const Counts& counts) {
  return {
      {"total", counts.total},     {"recorded", counts.recorded},       {"triage", counts.triage},
      {"ignored", counts.ignored}, {"quarantined", counts.quarantined}, {"vanished", counts.vanished}};
}

Value track(const TrackCounts& counts) {
  return {{"submissions", counts.submissions},
          {"on_time", counts.on_time},
          {"late", counts.late},
          {"accepted", counts.accepted},
          {"rejected", counts.rejected},
          {"withdrawn", counts.withdrawn},
          {"final", counts.final},
          {"with_findings", counts.with_findings}};
}

Value outbox(const Counts& counts) {
  return {{"queued", counts.queued},         {"sent", counts.sent},       {"failed", counts.failed},
          {"suppressed", counts.suppressed}, {"unknown", counts.unknown}, {"held", counts.held},
          {"paused", counts.paused},         {"dropped", counts.dropped}};
}

}  // namespace

std::string status_json(const StatusView& view, Time now) {
  Value value = json::document("status");
  value["workshop"] = json::words(view.workshop);
  value["messages"] = messages(view.counts);
  Value& tracks = value["tracks"] = Value::object();
  for (const TrackCounts& counts : view.counts.tracks)
    tracks[counts.track] = track(counts);
  value["outbox"] = outbox(view.counts);
  Value deadlines = Value::array();
  for (const DeadlineRow& row : view.deadlines)
    deadlines.push_back({{"track", json::words(row.track)},
                         {"kind", json::words(row.kind)},
                         {"at", json::time(row.at)},
                         {"passed", now > row.at},
                         {"text", json::words(row.text)}});
  value["deadlines"] = std::move(deadlines);
  value["mailbox"] = {{"last_contact", json::time(view.mailbox.last_contact)},
                      {"state", json::words(view.mailbox.state)},
                      {"detail", json::words_or_null(view.mailbox.detail)},
                      {"next_try", json::time(view.mailbox.next_try)},
                      {"lag_s", view.mailbox.lag.count()}};
  value["sending"] = {{"paused", json::words_or_null(view.sending.paused)},
                      {"again_at", json::time(view.sending.again)},
                      {"sent_24h", view.sending.sent_day},
                      {"per_day", view.sending.per_day}};
  Value waiting = Value::array();
  for (const Waiting& row : waiting_for_people(view))
    waiting.push_back(
        {{"what", json::words(row.what)}, {"count", row.count}, {"command", json::words(row.command)}});
  value["waiting"] = std::move(waiting);
  value["spam"] = {{"messages", view.counts.spam}, {"triage", view.counts.spam_triage}};
  value["checks"] = {{"waiting", view.counts.unchecked}};
  return json::printed(value);
}

}  // namespace papertray
