// What the outside asks of a running program, each in a process of its own.
#include "app/signals.h"

#include <csignal>

#include <doctest/doctest.h>
#include <poll.h>

#include "app/program.h"
#include "net/readable.h"

namespace papertray {
namespace {

using test::in_child;

bool woken() {
  pollfd waiting = {.fd = wake_descriptor(), .events = POLLIN, .revents = 0};
  return ::poll(&waiting, 1, 0) == 1;
}

}  // namespace

TEST_CASE("the first signal asks to stop and wakes who waits; the second one ends it") {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    CAPTURE(signal);
    const auto once = in_child([signal] {
      stop_on_signals();
      if (stop_asked() || woken()) return 1;
      std::raise(signal);
      if (!stop_asked() || !woken() || !readable(stop_descriptor())) return 2;
      drain_wake();
      // Whoever waits for a server later is to know as well.
      return woken() || !readable(stop_descriptor()) ? 3 : 0;
    });
    CHECK(once.code == 0);
    const auto twice = in_child([signal] {
      stop_on_signals();
      std::raise(signal);
      std::raise(signal);
      return 0;
    });
    CHECK(twice.code == 128 + signal);
  }
}

TEST_CASE("the daemon's SIGHUP asks for the rules anew, as often as it comes") {
  const auto ran = in_child([] {
    stop_on_signals();
    reload_on_hangup();
    for (int i = 0; i < 2; ++i) {
      std::raise(SIGHUP);
      if (!woken() || !reload_asked() || reload_asked() || stop_asked()) return 1;
      drain_wake();
    }
    if (readable(stop_descriptor())) return 3;
    std::raise(SIGTERM);
    return stop_asked() && readable(stop_descriptor()) ? 0 : 2;
  });
  CHECK(ran.code == 0);
}

}  // namespace papertray
