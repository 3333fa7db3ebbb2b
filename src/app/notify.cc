#include "app/notify.h"

#include <algorithm>
#include <cstdint>

#include "core/printable.h"

#ifdef PAPERTRAY_SYSTEMD
#include <systemd/sd-daemon.h>
#endif

namespace papertray {
namespace {

void tell([[maybe_unused]] const std::string& state) {
#ifdef PAPERTRAY_SYSTEMD
  // A manager that cannot be told is no reason to stop taking mail in; it notices by its watchdog.
  static_cast<void>(sd_notify(0, state.c_str()));
#endif
}

}  // namespace

void notify_ready() {
  tell("READY=1");
}

void notify_status(const std::string& line) {
  tell("STATUS=" + one_line(line));
}

void notify_stopping() {
  tell("STOPPING=1");
}

void notify_alive() {
  tell("WATCHDOG=1");
}

std::optional<Seconds> alive_every() {
#ifdef PAPERTRAY_SYSTEMD
  std::uint64_t microseconds = 0;
  if (sd_watchdog_enabled(0, &microseconds) > 0)
    return Seconds(std::max<std::int64_t>(1, static_cast<std::int64_t>(microseconds / 2'000'000)));
#endif
  return std::nullopt;
}

}  // namespace papertray
