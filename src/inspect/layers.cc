#include "inspect/layers.h"

namespace papertray {
namespace {

constexpr std::uint32_t no_new_privs_bit = 1;
constexpr std::uint32_t undumpable_bit = 2;
constexpr std::uint32_t limits_bit = 4;
constexpr std::uint32_t landlock_bit = 8;
constexpr std::uint32_t seccomp_bit = 16;

}  // namespace

std::uint32_t Layers::bits() const {
  return (no_new_privs ? no_new_privs_bit : 0) | (undumpable ? undumpable_bit : 0) |
         (limits ? limits_bit : 0) | (landlock ? landlock_bit : 0) | (seccomp ? seccomp_bit : 0);
}

Layers Layers::from_bits(std::uint32_t bits, int landlock_abi) {
  Layers layers;
  layers.no_new_privs = (bits & no_new_privs_bit) != 0;
  layers.undumpable = (bits & undumpable_bit) != 0;
  layers.limits = (bits & limits_bit) != 0;
  layers.landlock = (bits & landlock_bit) != 0;
  layers.seccomp = (bits & seccomp_bit) != 0;
  layers.landlock_abi = landlock_abi;
  return layers;
}

std::vector<LayerLine> describe(const Layers& layers) {
  return {
      {"no_new_privs", layers.no_new_privs, ""},
      {"undumpable", layers.undumpable, ""},
      {"rlimits", layers.limits, ""},
      {"landlock", layers.landlock,
       layers.landlock ? "ABI " + std::to_string(layers.landlock_abi) : "not in this kernel"},
      {"seccomp", layers.seccomp, layers.seccomp ? "" : "not in this kernel, or forbidden"},
  };
}

}  // namespace papertray
