#include "app/signals.h"

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <system_error>

#include <sys/eventfd.h>
#include <unistd.h>

#include "core/error.h"

namespace papertray {
namespace {

volatile std::sig_atomic_t stop = 0;
volatile std::sig_atomic_t reload = 0;
volatile std::sig_atomic_t hangup_reloads = 0;
int wake = -1;
int stopping = -1;

// It fails only when nobody has drained 2^64 signals; the flag is set in any case.
void make_readable(int descriptor) {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(descriptor, &one, sizeof one);
}

int new_descriptor() {
  const int descriptor = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (descriptor < 0)
    throw Failure({Scope::program, Again::later, Exit::try_later,
                   "cannot prepare for signals: " + std::generic_category().message(errno)});
  return descriptor;
}

// Only what signal-safety(7) allows.
void on_signal(int signal) {
  const int before = errno;
  if (signal == SIGHUP && hangup_reloads != 0) {
    reload = 1;
  } else {
    stop = 1;
    std::signal(signal, SIG_DFL);
    make_readable(stopping);
  }
  make_readable(wake);
  errno = before;
}

}  // namespace

void stop_on_signals() {
  if (wake < 0) wake = new_descriptor();
  if (stopping < 0) stopping = new_descriptor();
  struct sigaction action = {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP})
    sigaction(signal, &action, nullptr);
}

void reload_on_hangup() {
  hangup_reloads = 1;
}

bool stop_asked() {
  return stop != 0;
}

bool reload_asked() {
  const bool asked = reload != 0;
  reload = 0;
  return asked;
}

int wake_descriptor() {
  return wake;
}

int stop_descriptor() {
  return stopping;
}

void wake_up() {
  make_readable(wake);
}

void drain_wake() {
  std::uint64_t signals = 0;
  [[maybe_unused]] const ssize_t n = ::read(wake, &signals, sizeof signals);  // empty is as good
}

}  // namespace papertray
