// The inspector that the intake uses: papertray-inspect in a process of its own, sandboxed.
//
// A mail that kills its worker, or keeps it beyond the limit, is reported with the cause in
// `Inspected::quarantine`; a new worker takes the next one. Requests are sent ahead, so the worker
// reads while the caller works in its callback. Not thread-safe; a worker ends with the thread that
// started it (PR_SET_PDEATHSIG).
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "inspect/layers.h"
#include "intake/inspector.h"

namespace papertray {

struct WorkerOptions {
  std::string program;             // path of papertray-inspect
  bool unsafe_no_sandbox = false;  // go on although seccomp is missing
  // For one mail: the worker's processor time, so that no mail is set aside because the machine is busy;
  std::chrono::milliseconds mail_limit{10'000};
  // and the wall clock, for a worker that waits for something that never comes.
  std::chrono::milliseconds mail_patience{60'000};
  int workers = 1;  // at least 1; more keep several processors busy
};

// papertray-inspect beside the running program: where a build and an installation put it.
std::string inspector_beside_this_program();

class WorkerLane;

class WorkerInspector : public Inspector {
 public:
  explicit WorkerInspector(WorkerOptions options);
  ~WorkerInspector() override;

  // PartBytes of a mail with PDFs hold one file descriptor and the PDFs in shared memory until they are
  // destroyed; their read() verifies each part's SHA-256 and throws Failure (message) after the last
  // piece when it does not hold. Whatever `done` or a MailBytes throws passes through; the inspector
  // can be used again afterwards.
  // Throws Failure (program): the worker cannot be started three times in a row, or (configuration,
  // exit 78) has no seccomp filter.
  void inspect(std::span<const std::shared_ptr<const MailBytes>> mails,
               const std::function<void(std::size_t, Inspected)>& done) override;

  // The layers that stand around the worker; starts it when none runs. Throws as inspect does.
  Layers layers();

 private:
  class Run;
  WorkerOptions options_;
  std::unique_ptr<WorkerLane[]> lanes_;  // options_.workers of them
};

}  // namespace papertray
