// Raw system calls: Debian 12 has no library for them, and its kernel headers know ABI 2 only, while
// newer kernels offer more.
#include "inspect/landlock.h"

#include <cstddef>
#include <cstdint>

#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace papertray {
namespace {

// struct landlock_ruleset_attr of Linux 6.12; older kernels take its first fields.
struct Ruleset {
  std::uint64_t fs = 0;      // ABI 1
  std::uint64_t net = 0;     // ABI 4
  std::uint64_t scoped = 0;  // ABI 6
};

// Linux, include/uapi/linux/landlock.h: rights that came after ABI 2.
constexpr std::uint64_t fs_truncate = 1U << 14;   // ABI 3
constexpr std::uint64_t fs_ioctl_dev = 1U << 15;  // ABI 5
constexpr std::uint64_t net_bind_connect_tcp = 3;
constexpr std::uint64_t scope_abstract_socket_and_signal = 3;

std::uint64_t file_rights(int abi) {
  std::uint64_t rights = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1U) - 1;  // all of ABI 1
  if (abi >= 2) rights |= LANDLOCK_ACCESS_FS_REFER;
  if (abi >= 3) rights |= fs_truncate;
  if (abi >= 5) rights |= fs_ioctl_dev;
  return rights;
}

}  // namespace

int apply_landlock() {
  const long abi = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (abi < 1) return 0;
  Ruleset ruleset;
  ruleset.fs = file_rights(static_cast<int>(abi));
  std::size_t size = offsetof(Ruleset, net);
  if (abi >= 4) {
    ruleset.net = net_bind_connect_tcp;
    size = offsetof(Ruleset, scoped);
  }
  if (abi >= 6) {
    ruleset.scoped = scope_abstract_socket_and_signal;
    size = sizeof ruleset;
  }
  const long fd = ::syscall(SYS_landlock_create_ruleset, &ruleset, size, 0);
  if (fd < 0) return 0;
  const long applied = ::syscall(SYS_landlock_restrict_self, fd, 0);
  ::close(static_cast<int>(fd));
  return applied == 0 ? static_cast<int>(abi) : 0;
}

}  // namespace papertray
