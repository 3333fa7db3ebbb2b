// The state of the desk at a glance, as plain data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/rules.h"
#include "core/time.h"
#include "report/reader.h"

namespace papertray {

struct DeadlineRow {
  std::string track;
  std::string kind;  // "due" or "final"
  Time at{};         // the last second that is on time
  std::string text;  // as the rules file says it
};

struct MailboxState {
  std::optional<Time> last_contact;  // when the server last answered; nullopt: never
  std::string state;                 // one word: "watching", "idle", "unreachable", ...
  std::string detail;                // one sentence, "" when there is nothing to say
  std::optional<Time> next_try;      // the daemon's: after trouble, else its next poll
  Seconds lag{0};                    // from the newest mail's arrival to its record
};

// How it stands with sending.
struct SendingState {
  std::string paused;         // why nothing is sent, "" when it is
  std::optional<Time> again;  // when it goes on by itself; nullopt: a person resumes it
  std::int64_t sent_day = 0;  // within 24 hours
  int per_day = 0;            // the limit of that
};

SendingState sending_state(const Sending& sending, const Counts& counts, int per_day, Time now);

struct StatusView {
  std::string workshop;
  Counts counts;
  std::vector<DeadlineRow> deadlines;
  MailboxState mailbox;
  SendingState sending;
};

// Every deadline of the rules, track by track.
std::vector<DeadlineRow> deadline_rows(const Rules& rules);

// What waits for a person, and the command that shows it.
struct Waiting {
  std::string what;  // "messages in triage"
  std::int64_t count = 0;
  std::string command;  // "papertray list triage"
};

// Only what there is (count above 0), the most urgent first.
std::vector<Waiting> waiting_for_people(const StatusView& view);

}  // namespace papertray
