// One worker and the mails it has been given and not answered yet.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>

#include "inspect/mail_memory.h"
#include "inspect/unique_fd.h"
#include "inspect/worker_inspector.h"
#include "inspect/worker_process.h"

namespace papertray {

struct Flight {
  std::size_t mail = 0;  // index in the call of inspect()
  std::uint64_t id = 0;
  std::uint64_t bytes = 0;
  std::shared_ptr<MailFiles::File> mail_file;  // null for what travels in packets, as is the output
  UniqueFd output;
};

class WorkerLane {
 public:
  std::unique_ptr<WorkerProcess> process;
  std::deque<Flight> flights;  // the first is being read now
  MailFiles mail_files;
  std::shared_ptr<OutputFiles> output_files;  // outlives the lane where an answer is not recorded yet
  std::uint64_t answered = 0;
  std::uint64_t next_id = 1;
  std::chrono::steady_clock::time_point head_since{};  // since when the first is
  std::chrono::nanoseconds head_used{};                // what the worker had used by then

  // Throws Failure (program): three starts in a row fail, or there is no seccomp and none is allowed.
  void start(const WorkerOptions& options);
  void stop();
  // Whether a mail of that size may be sent now.
  bool has_room(std::uint64_t more) const;
  // The first of `flights` is another one.
  void new_head();
  // When the first has taken too long, unless the worker answers: by the clock on the wall, and to be
  // asked again then.
  std::chrono::steady_clock::time_point look_again(const WorkerOptions& options) const;
  // Has answered so many mails that it is to be replaced.
  bool is_spent() const;
};

}  // namespace papertray
