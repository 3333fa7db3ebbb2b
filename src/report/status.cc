#include "report/status.h"

#include "core/send_limits.h"

namespace papertray {

std::vector<DeadlineRow> deadline_rows(const Rules& rules) {
  std::vector<DeadlineRow> rows;
  for (const Track& track : rules.tracks) {
    if (track.due) rows.push_back({track.id, "due", track.due->last, track.due->text});
    if (track.final_due)
      rows.push_back({track.id, "final", track.final_due->last, track.final_due->text});
  }
  return rows;
}

SendingState sending_state(const Sending& sending, const Counts& counts, int per_day, Time now) {
  SendingState state{.paused = sending.paused,
                     .again = sending.until,
                     .sent_day = static_cast<std::int64_t>(sending.sent.size()),
                     .per_day = per_day};
  const Allowance allowed = allowance(sending.sent, per_day, now);
  if (state.paused.empty() && allowed.left == 0 && counts.queued > 0) {
    state.paused = "the day's limit is reached (" + std::to_string(per_day) + " mails in 24 hours)";
    state.again = allowed.more_at;
  }
  return state;
}

std::vector<Waiting> waiting_for_people(const StatusView& view) {
  const Counts& counts = view.counts;
  std::vector<Waiting> rows;
  const auto put = [&rows](const char* one, const char* many, std::int64_t count, const char* command) {
    if (count > 0) rows.push_back({count == 1 ? one : many, count, command});
  };
  put("message in triage", "messages in triage", counts.triage, "papertray list triage");
  put("note that asks for a decision", "notes that ask for a decision", counts.open_notes,
      "papertray list triage");
  put("message in quarantine", "messages in quarantine", counts.quarantined, "papertray list triage");
  put("receipt that could not be delivered", "receipts that could not be delivered", counts.failed,
      "papertray list outbox --problems");
  put("receipt of unknown outcome", "receipts of unknown outcome", counts.unknown,
      "papertray list outbox --problems");
  put("receipt that no machine may send", "receipts that no machine may send", counts.suppressed,
      "papertray list outbox --problems");
  put("receipt held until you send it", "receipts held until you send them", counts.held,
      "papertray list outbox");
  put("mail that somebody paused", "mails that somebody paused", counts.paused,
      "papertray list outbox --problems");
  for (const TrackCounts& track : counts.tracks) {
    const std::string where = " in " + track.track;
    // Once decided, a late one waits no longer.
    put(("late submission" + where).c_str(), ("late submissions" + where).c_str(), track.late_undecided,
        ("papertray list " + track.track + " --late").c_str());
  }
  return rows;
}

}  // namespace papertray
