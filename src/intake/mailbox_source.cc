#include "intake/mailbox_source.h"

#include <algorithm>
#include <limits>

#include <poll.h>

namespace papertray {

Woken MailboxSource::wait(std::chrono::milliseconds at_most, int wake) {
  return wait_on(at_most, wake);
}

Woken wait_on(std::chrono::milliseconds at_most, int wake) {
  pollfd waiting{.fd = wake, .events = POLLIN, .revents = 0};
  constexpr std::chrono::milliseconds longest{std::numeric_limits<int>::max()};
  const int ready = ::poll(&waiting, 1, static_cast<int>(std::min(at_most, longest).count()));
  // A signal that interrupts is an ask as well: its handler has made `wake` readable, or the caller
  // looks around once for nothing.
  return ready == 0 ? Woken::timeout : Woken::asked;
}

std::vector<std::uint32_t> not_seen(const SeenPlaces& seen, Place folder,
                                    std::vector<std::uint32_t> uids) {
  std::erase_if(uids, [&](std::uint32_t uid) {
    folder.uid = uid;
    return seen.seen(folder);
  });
  return uids;
}

}  // namespace papertray
