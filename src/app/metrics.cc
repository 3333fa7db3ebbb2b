#include "app/metrics.h"

#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/reconnect.h"

namespace papertray {
namespace {

using Samples = std::vector<std::pair<std::string, std::int64_t>>;  // labels -> value

void add(std::string& text, std::string_view name, std::string_view help, const Samples& samples) {
  text += fmt::format("# HELP papertray_{0} {1}\n# TYPE papertray_{0} gauge\n", name, help);
  for (const auto& [labels, value] : samples)
    text += fmt::format("papertray_{}{} {}\n", name, labels, value);
}

std::string label(std::string_view key, std::string_view value) {
  std::string safe;
  for (const char c : value) {
    if (c == '\\' || c == '"') safe += '\\';
    safe += c == '\n' ? ' ' : c;
  }
  return fmt::format("{{{}=\"{}\"}}", key, safe);
}

}  // namespace

std::string metrics_text(const Counts& counts, const DaemonStatus& status, bool paused) {
  std::string text;
  add(text, "messages", "Messages by fate.",
      {{label("fate", "recorded"), counts.recorded},
       {label("fate", "triage"), counts.triage},
       {label("fate", "ignored"), counts.ignored},
       {label("fate", "quarantined"), counts.quarantined},
       {label("fate", "vanished"), counts.vanished}});
  Samples submissions;
  Samples late;
  for (const TrackCounts& track : counts.tracks) {
    submissions.emplace_back(label("track", track.track), track.submissions);
    late.emplace_back(label("track", track.track), track.late);
  }
  add(text, "submissions", "Submissions by track.", submissions);
  add(text, "submissions_late", "Submissions whose counting version is late.", late);
  add(text, "outbox", "Outgoing mail by state.",
      {{label("state", "queued"), counts.queued},
       {label("state", "held"), counts.held},
       {label("state", "paused"), counts.paused},
       {label("state", "sent"), counts.sent},
       {label("state", "unknown"), counts.unknown},
       {label("state", "failed"), counts.failed},
       {label("state", "suppressed"), counts.suppressed}});
  add(text, "outbox_paused", "1 while nothing is sent (quota, refused login, by order).",
      {{"", paused ? 1 : 0}});
  add(text, "mailbox_up", "1 while the mailbox answers as it should.",
      {{"", status.trouble == Trouble::none ? 1 : 0}});
  add(text, "mailbox_trouble", "1 for the present trouble.",
      {{label("kind", trouble_word(status.trouble)), status.trouble == Trouble::none ? 0 : 1}});
  add(text, "mailbox_last_contact_seconds", "When the mailbox last answered, seconds since 1970.",
      {{"", status.last_contact ? status.last_contact->time_since_epoch().count() : 0}});
  add(text, "intake_lag_seconds", "From the newest mail's arrival to its record.",
      {{"", status.lag.count()}});
  return text;
}

}  // namespace papertray
