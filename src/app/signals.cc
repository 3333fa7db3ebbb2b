#include "app/signals.h"

#include <csignal>

namespace papertray {
namespace {

volatile std::sig_atomic_t asked = 0;

void on_signal(int signal) {
  asked = 1;
  std::signal(signal, SIG_DFL);
}

}  // namespace

void stop_on_signals() {
  struct sigaction action = {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  // A server that hangs up must be an error we see, not the end of the program.
  std::signal(SIGPIPE, SIG_IGN);
}

bool stop_asked() {
  return asked != 0;
}

}  // namespace papertray
