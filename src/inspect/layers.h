// The layers of the worker's sandbox, and which of them stand.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace papertray {

struct Layers {
  bool no_new_privs = false;  // no setuid program can give rights back
  bool undumpable = false;    // no core file, no ptrace by others of the same user
  bool limits = false;        // address space, files, file size, processes
  bool landlock = false;      // no file, no TCP port, no signal; missing in older kernels
  bool seccomp = false;       // only the system calls that reading a mail needs
  int landlock_abi = 0;

  // One bit a layer, as the worker tells it.
  std::uint32_t bits() const;
  static Layers from_bits(std::uint32_t bits, int landlock_abi);
};

struct LayerLine {
  std::string name;  // "seccomp"
  bool stands = false;
  std::string remark;  // "ABI 7", "not in this kernel", or ""
};

// For doctor and `papertray-inspect layers`.
std::vector<LayerLine> describe(const Layers& layers);

}  // namespace papertray
