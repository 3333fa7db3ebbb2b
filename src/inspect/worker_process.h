// One papertray-inspect: started, talked to, ended. Knows nothing of messages.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include <sys/types.h>

#include "inspect/layers.h"
#include "inspect/unique_fd.h"
#include "inspect/wire.h"

namespace papertray {

class WorkerProcess {
 public:
  // Spawns the program with nothing but its socket: empty environment, /dev/null as standard streams,
  // no other descriptor, its own process group (a Ctrl-C at the terminal is for us). Throws Failure
  // (program, configuration) when it cannot be executed.
  static std::unique_ptr<WorkerProcess> start(const std::string& program);
  ~WorkerProcess();  // kills it
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  // Waits for its hello. nothing: it stayed silent; gone: end() tells how.
  wire::Got wait_for_hello(std::chrono::milliseconds limit);
  const Layers& layers() const { return layers_; }

  // Processor time it has used so far.
  std::chrono::nanoseconds used() const;

  int socket() const { return socket_.get(); }
  bool send(const wire::Request& request, int mail, int output);
  bool send(const wire::Request& request, std::string_view mail);
  wire::Got receive(wire::Answer& answer, std::string& output);

  // The process has closed its socket: waits until it is gone (killing it when it lingers) and
  // says how it ended: "was killed by signal 31 (a forbidden system call)".
  struct End {
    std::string how;
    bool from_outside = false;  // SIGKILL, SIGTERM and the like: perhaps not the mail's fault
  };
  End end();
  void kill();

 private:
  WorkerProcess() = default;
  UniqueFd socket_;
  UniqueFd pidfd_;
  pid_t pid_ = -1;
  Layers layers_;
};

}  // namespace papertray
