#include "inspect/worker_lane.h"

#include <algorithm>

#include "core/error.h"
#include "inspect/caps.h"

namespace papertray {
namespace {

// Mails sent to a worker before it has answered: enough that it never waits while we record one.
constexpr std::size_t mails_ahead = 4;
// No further mail is sent ahead of so many unanswered bytes: they lie in memory.
constexpr std::uint64_t bytes_ahead = 8 * caps::mib;
// A leak in a library stays small, and whatever a mail may have done to its worker ends some time. A new
// one costs some 30 ms, which is a hundredth of what so many mails take.
constexpr std::uint64_t retire_after = 20'000;
constexpr int starts_in_a_row = 3;
// Converters, libraries: 30 ms on an idle machine, seconds on a loaded one with sanitizers.
constexpr std::chrono::milliseconds hello_limit{30'000};

}  // namespace

void WorkerLane::start(const WorkerOptions& options) {
  std::string how;
  for (int attempt = 0; attempt < starts_in_a_row; ++attempt) {
    stop();
    output_files = std::make_shared<OutputFiles>();
    process = WorkerProcess::start(options.program);
    const wire::Got hello = process->wait_for_hello(hello_limit);
    if (hello == wire::Got::packet) {
      if (process->layers().seccomp || options.unsafe_no_sandbox) return;
      stop();
      throw Failure(Error{Scope::program, Again::person, Exit::configuration,
                          "no sandbox: this kernel gives papertray-inspect no seccomp filter; use "
                          "--unsafe-no-sandbox to read mail without one"});
    }
    how = hello == wire::Got::gone ? process->end().how : "did not say hello as it should";
  }
  stop();
  throw Failure(Error{Scope::program, Again::later, Exit::try_later,
                      "the inspector " + options.program + " did not start, " +
                          std::to_string(starts_in_a_row) + " times in a row: it " + how +
                          "; run `papertray-inspect layers` to see why"});
}

void WorkerLane::stop() {
  process.reset();
  flights.clear();
  mail_files = {};
  output_files.reset();
  answered = 0;
}

bool WorkerLane::has_room(std::uint64_t more) const {
  if (answered + flights.size() >= retire_after) return false;
  if (flights.empty()) return true;
  for (const Flight& flight : flights)
    more += flight.bytes;
  return flights.size() < mails_ahead && more <= bytes_ahead;
}

void WorkerLane::new_head() {
  head_since = std::chrono::steady_clock::now();
  head_used = process ? process->used() : std::chrono::nanoseconds(0);
}

std::chrono::steady_clock::time_point WorkerLane::look_again(const WorkerOptions& options) const {
  using Wall = std::chrono::steady_clock;
  const Wall::time_point patience = head_since + options.mail_patience;
  if (Wall::now() < head_since + options.mail_limit)
    return std::min(head_since + options.mail_limit, patience);
  // It has one thread: what is left of the limit takes at least as long on the wall.
  const std::chrono::nanoseconds left = options.mail_limit - (process->used() - head_used);
  if (left <= std::chrono::nanoseconds(0)) return head_since;
  return std::min(Wall::now() + std::chrono::ceil<std::chrono::milliseconds>(left), patience);
}

bool WorkerLane::is_spent() const {
  return process && flights.empty() && answered >= retire_after;
}

}  // namespace papertray
